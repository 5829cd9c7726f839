"""A seed in, made-up sentences, titles and names in English or Korean out. They mean nothing; they read like papers.

A marker is a made-up word that stands once in a paper, so that its place can be found again in what was read.
"""

import json
import random
from pathlib import Path

_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))


class Grammar:
    """Draws sentences, headings, names and markers; the same seed draws the same ones."""

    def __init__(self, seed: int, language: str) -> None:
        self.language = language
        self.random = random.Random(seed)
        self._markers: set[str] = set()
        self._headings: list[str] = []

    def pick(self, kind: str) -> str:
        """Return a word of a kind: "nouns", or "k_nouns" in Korean."""
        return self.random.choice(_WORDS[kind])

    def marker(self) -> str:
        """Return a made-up word of six to eight letters that was not drawn before."""
        while True:
            word = "".join(self.random.choice("bdfgklmnprstvz") + self.random.choice("aeiou") for _ in range(3))
            word += self.random.choice("kmnrtx")
            if word not in self._markers:
                self._markers.add(word)
                return word

    def sentence(self) -> str:
        """Return one sentence, without a marker."""
        if self.language == "ko":
            return self._korean()
        pattern = self.pick("patterns")
        words = {
            "open": self.pick("openings"),
            "name": self.pick("names"),
            "verb": self.pick("verbs"),
            "thing": self.pick("things"),
            "thing2": "interpreter",
            "method": self.pick("methods"),
            "quality": self.pick("qualities"),
            "result": self.pick("results"),
            "result2": self.pick("results"),
            "count": str(self.random.randint(3, 97)),
        }
        text = pattern.format(**words)
        return text[0].upper() + text[1:]

    def _korean(self) -> str:
        pattern = self.pick("k_patterns")
        text = pattern.format(
            open=self.pick("k_openings"),
            noun=self.pick("k_nouns"),
            noun2=self.pick("k_nouns"),
            method=self.pick("k_methods"),
            quality=self.pick("k_qualities"),
            verb=self.pick("k_verbs"),
            count=self.random.randint(3, 97),
            **{mark: "{" + mark + "}" for mark in ("은", "이", "을", "과", "으로")},
        )
        return _with_particles(text.replace("킨다는", "키는").replace("한다는", "하는"))

    def marked(self, marker: str) -> str:
        """Return one sentence that holds the marker."""
        if self.language == "ko":
            return f"{self.pick('k_nouns')}에서 {marker} 값을 따로 측정하였다."
        return f"The {self.pick('things')} called {marker} is {self.pick('qualities')} here."

    def heading(self) -> str:
        """Return a heading that was not drawn before."""
        kind = "k_headings" if self.language == "ko" else "headings"
        left = [text for text in _WORDS[kind] if text not in self._headings]
        text = self.random.choice(left) if left else f"{self.pick(kind)} {len(self._headings)}"
        self._headings.append(text)
        return text

    def title(self) -> str:
        """Return the title of a paper, long enough for two lines."""
        if self.language == "ko":
            method, noun, quality = self.pick("k_methods"), self.pick("k_nouns"), self.pick("k_qualities")
            return f"{method}에 기반한 {noun}의 {quality} 개선에 관한 실험적 연구"
        method, thing, result = self.pick("methods"), self.pick("things"), self.pick("results")
        return f"{self.pick('title_words')} the {thing.title()} by {method.title()}: A Study of {result.title()}"

    def person(self) -> str:
        """Return a made-up name."""
        return self.pick("k_names") if self.language == "ko" else f"{self.pick('first')} {self.pick('last')}"

    def venue(self) -> str:
        """Return a made-up journal or conference."""
        return self.pick("k_venues") if self.language == "ko" else self.pick("venues")


def _with_particles(text: str) -> str:
    forms = {"은": ("은", "는"), "이": ("이", "가"), "을": ("을", "를"), "과": ("과", "와"), "으로": ("으로", "로")}
    for mark, (closed, opened) in forms.items():
        while (at := text.find("{" + mark + "}")) >= 0:
            tail = (ord(text[at - 1]) - 0xAC00) % 28
            form = opened if not tail or (mark == "으로" and tail == 8) else closed
            text = text[:at] + form + text[at + len(mark) + 2 :]
    return text
