"""Quick or full, with the one that suits this machine and these pictures chosen, and the reason."""

from __future__ import annotations

from PyQt6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from gesture_app.core.extras import installing_command
from gesture_app.engine.training_hardware import TrainingHardware
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.messages import translated
from gesture_app.ui.training_plan import Reason, suggest_mode
from gesture_app.ui.widgets import make_heading, make_label


class ModeChoice(QWidget):
    """Two choices. Until a person picks one, the choice follows the machine and the pictures."""

    def __init__(self) -> None:
        super().__init__()
        self._hardware: TrainingHardware | None = None
        self._pictures = 0
        self._picked: TeachingMode | None = None
        self._title = make_heading()
        self.quick, self.full = QRadioButton(), QRadioButton()
        self._quick_note, self._full_note = _note(), _note()
        self._reason = make_label("muted", wraps=True)
        self._missing = make_label("muted", wraps=True)
        self.command = QLineEdit(installing_command("train"))
        self.command.setReadOnly(True)
        self.command.setCursorPosition(0)
        self._group = QButtonGroup(self)
        for button, mode in ((self.quick, TeachingMode.QUICK), (self.full, TeachingMode.FULL)):
            self._group.addButton(button)
            button.clicked.connect(lambda _checked, mode=mode: self._pick(mode))
        self.quick.setChecked(True)
        self._lay_out()
        self.retranslate()

    @property
    def mode(self) -> TeachingMode:
        return TeachingMode.FULL if self.full.isChecked() else TeachingMode.QUICK

    def show_choice(self, hardware: TrainingHardware | None, pictures: int) -> None:
        """Args: hardware: None while it is not known yet."""
        self._hardware, self._pictures = hardware, pictures
        possible = hardware is not None and hardware.torch.available
        self.full.setEnabled(possible)
        suggested = TeachingMode.QUICK
        if hardware is not None:
            suggested, _ = suggest_mode(hardware, pictures)
        mode = suggested if self._picked is None or not possible else self._picked
        (self.full if mode is TeachingMode.FULL else self.quick).setChecked(True)
        self.retranslate()

    def reason(self) -> str:
        """Why the suggested way is suggested, in words."""
        return str(self._reason.text())

    def retranslate(self) -> None:
        self._title.setText(self.tr("How"))
        self.quick.setText(self.tr("Quick"))
        self.full.setText(self.tr("Full"))
        self._quick_note.setText(
            self.tr("Learns the new gestures from what the network already sees. Takes seconds.")
        )
        self._full_note.setText(
            self.tr("Trains all layers. For those with a graphics card, or with patience.")
        )
        self.quick.setAccessibleDescription(self._quick_note.text())
        self._reason.setText("" if self._hardware is None else self._in_words(self._hardware))
        missing = self._hardware is not None and not self._hardware.torch.available
        self._missing.setVisible(missing)
        self.command.setVisible(missing)
        self._missing.setText(
            self.tr("Full needs it. Run this in a terminal, then start the app again:")
        )
        self.command.setAccessibleName(self._missing.text())
        self.full.setAccessibleDescription(
            f"{self._full_note.text()} {self._missing.text() if missing else ''}".strip()
        )

    def _in_words(self, hardware: TrainingHardware) -> str:
        _, reason = suggest_mode(hardware, self._pictures)
        words = {
            Reason.NO_TORCH: self.tr("Quick is suggested: PyTorch is not installed here."),
            Reason.NO_GPU: self.tr(
                "Quick is suggested: no graphics card can be used here (%2), and there are %1 "
                "pictures."
            ),
            Reason.FEW_PICTURES: self.tr(
                "Quick is suggested: %1 pictures are few to train all layers with."
            ),
            Reason.GPU_AND_PICTURES: self.tr(
                "Full is suggested: there is an %2, and there are %1 pictures."
            ),
        }[reason]
        gpu = hardware.gpu
        about = gpu.name if gpu.available else translated(gpu.reason)
        return words.replace("%1", str(self._pictures)).replace("%2", about)

    def _pick(self, mode: TeachingMode) -> None:
        self._picked = mode

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        for button, note in ((self.quick, self._quick_note), (self.full, self._full_note)):
            layout.addWidget(button)
            layout.addWidget(note)
            layout.addSpacing(4)
        layout.addWidget(self._reason)
        layout.addWidget(self._missing)
        layout.addWidget(self.command)


def _note() -> QLabel:
    label = make_label("caption", wraps=True)
    label.setIndent(31)
    return label
