from django.urls import path

from directives.views import files

urlpatterns = [
    path("tep/minh-chung/<int:pk>/", files.evidence_file, name="evidence-file"),
    path("tep/van-ban/<int:pk>/", files.attachment_file, name="attachment-file"),
]
