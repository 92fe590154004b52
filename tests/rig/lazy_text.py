"""For mypy: a lazily translated sentence fits wherever a string is read, and wherever a promise of one is named."""

from collections.abc import Callable

from mypy.plugin import FunctionContext, Plugin
from mypy.types import AnyType, Type, TypeOfAny

LAZY = {f"django.utils.translation.{kind}gettext_lazy" for kind in ("", "n", "p", "np")}


class LazyText(Plugin):
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return _anything if fullname in LAZY else None


def _anything(context: FunctionContext) -> Type:
    return AnyType(TypeOfAny.explicit)


def plugin(version: str) -> type[Plugin]:
    return LazyText
