"""The pages of the window, one of them shown, and the way back from those opened from another."""

from __future__ import annotations

from enum import Enum, auto

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QStackedWidget, QWidget


class Page(Enum):
    """The pages; the first five are on the rail, in this order."""

    LIVE = auto()
    GESTURES = auto()
    TRAIN = auto()
    MODELS = auto()
    SETTINGS = auto()
    RECORD = auto()
    REVIEW = auto()


RAIL_PAGES = (Page.LIVE, Page.GESTURES, Page.TRAIN, Page.MODELS, Page.SETTINGS)


class PageStack(QStackedWidget):
    """Shows one page at a time."""

    shown = pyqtSignal(Page)

    def __init__(self) -> None:
        super().__init__()
        self._widgets: dict[Page, QWidget] = {}
        self._trail = [Page.LIVE]
        """A page of the rail, and those that were opened from it, the shown one last."""

    @property
    def page(self) -> Page:
        return self._trail[-1]

    @property
    def rail_page(self) -> Page:
        """The page of the rail that the shown one belongs to."""
        return self._trail[0]

    def add(self, page: Page, widget: QWidget) -> None:
        self._widgets[page] = widget
        self.addWidget(widget)

    def show_page(self, page: Page) -> None:
        if page in RAIL_PAGES:
            self._follow([page])
        elif page in self._trail:
            self._follow(self._trail[: self._trail.index(page) + 1])
        else:
            self._follow([*self._trail, page])

    def go_back(self) -> None:
        """From a page that was opened from another one, to that one."""
        if len(self._trail) > 1:
            self._follow(self._trail[:-1])

    def _follow(self, trail: list[Page]) -> None:
        if trail == self._trail:
            return
        self._trail = trail
        widget = self._widgets[self.page]
        self.setCurrentWidget(widget)
        # So that Tab goes to the page's first control, and its keys are its own.
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(self.page)
