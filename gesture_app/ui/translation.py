"""Languages: texts stand in the code in English; a ``.ts`` file per language translates them.

PyQt6's wheels bring the tool that collects texts (``pylupdate6``) but not the compiler that turns
``.ts`` into ``.qm``, so the ``.ts`` files themselves are read; they are a few kilobytes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

TRANSLATIONS = Path(__file__).parent / "translations"

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Code → the language's own name for itself, which is shown in every language."""

DEFAULT_LANGUAGE = "en"

_Key = tuple[str, str, str]


class TsTranslator(QTranslator):
    """Translates from the contents of a ``.ts`` file."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.messages = read_ts(path)

    def isEmpty(self) -> bool:
        return not self.messages

    def translate(  # type: ignore[override]  # the stubs do not know that None is allowed
        self,
        context: str | None,
        source_text: str | None,
        disambiguation: str | None = None,
        _n: int = -1,
    ) -> str | None:
        # None lets Qt ask the next translator and at last show the English text.
        return self.messages.get((context or "", source_text or "", disambiguation or ""))


def read_ts(path: Path) -> dict[_Key, str]:
    """(context, English text, comment) → translation; unfinished ones are left out."""
    root = ET.parse(path).getroot()  # noqa: S314 - a file of this package, not of a user
    messages: dict[_Key, str] = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") or not translation.text:
                continue
            key = (name, message.findtext("source", ""), message.findtext("comment", ""))
            messages[key] = translation.text
    return messages


class Translation(QObject):
    """Installs the chosen language; widgets hear of it through ``QEvent.LanguageChange``."""

    def __init__(self, app: QCoreApplication, choice: str) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self._choice = ""
        self._language = DEFAULT_LANGUAGE
        self.set_choice(choice)

    @property
    def choice(self) -> str:
        """What a person chose: a code of `LANGUAGES`, empty to follow the system."""
        return self._choice

    @property
    def language(self) -> str:
        """The language in use."""
        return self._language

    def set_choice(self, choice: str) -> None:
        self._choice = choice if choice in LANGUAGES else ""
        self._language = self._choice or _system_language()
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        QLocale.setDefault(_locale_of(self._language))
        if self._language == DEFAULT_LANGUAGE:
            return
        # Qt's own dialogs first: the translator installed last is asked first.
        qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qt.load(f"qtbase_{self._language}", folder):
            self._install(qt)
        self._install(TsTranslator(TRANSLATIONS / f"{self._language}.ts", self))

    def _install(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._installed.append(translator)


def _locale_of(language: str) -> QLocale:
    """How dates and numbers are written: as the system does where it speaks the language."""
    system, own = QLocale.system(), QLocale(language)
    return system if system.language() == own.language() else own


def _system_language() -> str:
    for name in QLocale.system().uiLanguages():
        code = name.split("-")[0].split("_")[0]
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE
