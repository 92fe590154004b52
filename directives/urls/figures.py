from django.urls import path

from directives.views import figures

urlpatterns = [
    path("", figures.today, name="today"),
    path("thong-ke/", figures.dashboard, name="figures"),
    path("thong-ke/can-quyet/", figures.exceptions, name="exceptions"),
    path("thong-ke/can-quyet/da-hop/", figures.meeting_record, name="meeting-record"),
    path("thong-ke/cach-xem/", figures.saved_views, name="saved-views"),
    path("thong-ke/cach-xem/<int:pk>/doi-ten/", figures.saved_view_rename, name="saved-view-rename"),
    path("thong-ke/cach-xem/<int:pk>/mo-dau/", figures.saved_view_begin, name="saved-view-begin"),
    path("thong-ke/cach-xem/<int:pk>/xoa/", figures.saved_view_delete, name="saved-view-delete"),
    path("thong-ke/phan-viec/", figures.rows, name="figures-rows"),
    path("thong-ke/bieu/", figures.official_table, name="official-table"),
    path("thong-ke/bieu.csv", figures.official_table_csv, name="official-table-csv"),
    path("thong-ke/bieu.xlsx", figures.official_table_xlsx, name="official-table-xlsx"),
    path("thong-ke/bieu.<slug:form>", figures.official_table_paper, name="official-table-paper"),
    path("thong-ke/bieu/danh-muc/", figures.detail_list, name="detail-list"),
    path("thong-ke/bieu/danh-muc.csv", figures.detail_list_csv, name="detail-list-csv"),
    path("thong-ke/bieu/danh-muc.xlsx", figures.detail_list_xlsx, name="detail-list-xlsx"),
    path("thong-ke/bieu/danh-muc.<slug:form>", figures.detail_list_paper, name="detail-list-paper"),
    path("thong-ke/bieu/so-lieu-ky.xlsx", figures.period_workbook, name="period-workbook"),
    path("thong-ke/don-vi/<int:pk>/", figures.unit, name="figures-unit"),
    path("thong-ke/don-vi/<int:pk>/dinh-chinh/", figures.correction_ask, name="correction-ask"),
    path("thong-ke/chot/", figures.snapshot_list, name="snapshot-list"),
    path("thong-ke/chot/moi/", figures.snapshot_new, name="snapshot-new"),
    path("thong-ke/chot/<slug:code>/", figures.snapshot, name="snapshot"),
    path("thong-ke/chot/<slug:code>/phan-viec/", figures.snapshot_rows, name="snapshot-rows"),
    path("thong-ke/chot/<slug:code>/thay-doi/", figures.snapshot_changes, name="snapshot-changes"),
    path("thong-ke/chot/<slug:code>/bieu.<slug:form>", figures.snapshot_file, name="snapshot-file"),
    path("cho-xu-ly/dinh-chinh/", figures.correction_list, name="correction-list"),
    path("dinh-chinh/<int:pk>/tra-loi/", figures.correction_answer, name="correction-answer"),
]
