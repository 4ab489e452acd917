"""Qt's style sheet of the window; colours come from the tokens of `theme`."""

from __future__ import annotations

SHEET = """
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 6px 8px; }
QFrame#rail { background: $rail; border: none; border-right: 1px solid $line; }
QFrame#card, QFrame#popover { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame#popover { border-radius: 0; }
QFrame#accent_card { background: $accent_soft; border: 1px solid $accent; border-radius: 12px; }
QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }
QLabel { background: transparent; }
QLabel#muted, QLabel#caption { color: $muted; }
QLabel#caption { font-size: $small; }

QToolButton, QPushButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 9px;
    padding: 7px 13px;
}
QToolButton:hover, QPushButton:hover { background: $hover; }
QToolButton:pressed, QPushButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; color: $accent; border-color: $accent_soft; }
QToolButton:focus, QPushButton:focus { border: 2px solid $focus; padding: 6px 12px; }
QToolButton#picker { padding-right: 34px; }
QToolButton#picker:focus { padding-right: 33px; }
QToolButton:disabled, QPushButton:disabled { color: $muted; background: transparent; }
QToolButton::menu-indicator { image: none; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton#primary:hover { background: $accent; border-color: $hover; }
QPushButton#primary:focus { border-color: $text; }
QPushButton#primary:disabled { background: $hover; color: $muted; border-color: $line; }
QToolButton#flat, QPushButton#flat { background: transparent; border-color: transparent; }
QToolButton#flat:hover, QPushButton#flat:hover { background: $hover; }
QToolButton#flat:focus, QPushButton#flat:focus { border-color: $focus; }
QToolButton#compact { background: transparent; border-color: transparent; padding: 7px 5px; }
QToolButton#compact:hover { background: $hover; }
QToolButton#compact:focus { border-color: $focus; padding: 6px 4px; }
QToolButton#navigation {
    background: transparent; border: 2px solid transparent; color: $muted; font-size: $small;
    padding: 8px 2px;
}
QToolButton#navigation:hover { background: $hover; color: $text; }
QToolButton#navigation:checked { background: $accent_soft; color: $accent; }
QToolButton#navigation:focus { border-color: $focus; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 7px 28px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QLineEdit {
    background: $card; color: $text; border: 2px solid $line; border-radius: 9px; padding: 7px 10px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border-color: $focus; }

QComboBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 9px;
    padding: 7px 13px;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $focus; padding: 6px 12px; }
QComboBox::drop-down { border: none; width: 30px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text;
}

QSlider { border: 2px solid transparent; border-radius: 9px; min-height: 24px; padding: 0 3px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $accent; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
}

QListView#events {
    background: transparent; border: 2px solid transparent; border-radius: 9px; outline: none;
}
QListView#events:focus { border-color: $focus; }

QTableView#figures, QTableView#matrix, QListView#pictures {
    background: transparent; border: 2px solid transparent; border-radius: 9px; outline: none;
}
QTableView#figures:focus, QTableView#matrix:focus, QListView#pictures:focus {
    border-color: $focus;
}
QListView#samples {
    background: $card; border: 2px solid $line; border-radius: 12px; padding: 4px; outline: none;
}
QListView#samples:focus { border-color: $focus; }
QListView#pictures::item { border: 2px solid transparent; border-radius: 6px; }
QListView#pictures::item:selected { border-color: $focus; background: $hover; }
QTableView#figures QHeaderView, QTableView#matrix QHeaderView { background: transparent; }
QTableView#figures QHeaderView::section, QTableView#matrix QHeaderView::section {
    background: transparent; color: $muted; border: none; padding: 4px 10px; font-size: $small;
}
QTableView#matrix QHeaderView::section { padding: 0 8px; }
QTableView QTableCornerButton::section { background: transparent; border: none; }
QTableView#matrix::corner { background: transparent; border: none; }

QFrame#banner { border-radius: 10px; border: 1px solid $line; background: $card; }
QFrame#banner[place="window"] { margin: 12px 18px 0 18px; }
QFrame#banner[tone="notice"] { background: $notice_soft; border-color: $notice; }
QFrame#banner[tone="danger"] { background: $danger_soft; border-color: $danger; }

QScrollArea, QWidget#scrolled { background: transparent; border: none; }

QProgressBar { background: $hover; border: none; border-radius: 5px; max-height: 10px; }
QProgressBar::chunk { background: $accent; border-radius: 5px; }

QRadioButton { color: $text; spacing: 8px; padding: 3px; border: 2px solid transparent; }
QRadioButton:focus { border-color: $focus; border-radius: 7px; }
QRadioButton:disabled { color: $muted; }
QRadioButton::indicator { width: 14px; height: 14px; border: 2px solid $muted; border-radius: 9px; }
QRadioButton::indicator:checked {
    width: 8px; height: 8px; border: 5px solid $accent; background: $card;
}
QRadioButton::indicator:disabled { border-color: $line; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 32px; }
QScrollBar::handle:horizontal:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
