"""Looking less often while nobody is there, and at once when something appears."""

from __future__ import annotations

import numpy as np

from gesture_app.core.types import BgrImage, Frame, Hand
from gesture_app.vision.attention import IDLE_AFTER_MS, IDLE_LOOK_MS, WAKE_MS, AttentiveHands
from tests.fakes import FakeDetector, make_frame, make_hand, make_picture

STEP_MS = 40.0
ACTIVE_FRAMES = int(IDLE_AFTER_MS / STEP_MS)
EMPTY = make_picture(640, 480)


def with_block(size: int, left: int = 300, top: int = 200) -> BgrImage:
    """The empty room with a bright square in it."""
    picture = EMPTY.copy()
    picture[top : top + size, left : left + size] = 220
    return picture


def noisy(seed: int, spread: float = 6.0) -> BgrImage:
    noise = np.random.default_rng(seed).normal(0.0, spread, EMPTY.shape)
    return np.clip(EMPTY + noise, 0, 255).astype(np.uint8)


class Room:
    """Feeds pictures to the detector, 25 a second, and notes which frames were looked at."""

    def __init__(self) -> None:
        self.shows_hand = False
        self.inner = FakeDetector(self._find)
        self.detector = AttentiveHands(self.inner)
        self.now = 0

    def _find(self, _frame: Frame) -> tuple[Hand, ...]:
        return (make_hand(),) if self.shows_hand else ()

    def see(self, *pictures: BgrImage) -> int:
        """How many of the pictures were looked at."""
        before = len(self.inner.frames)
        for picture in pictures:
            self.found = self.detector.detect(make_frame(self.now, self.now * STEP_MS, picture))
            self.now += 1
        return len(self.inner.frames) - before

    def fall_idle(self) -> None:
        assert self.see(*[EMPTY] * ACTIVE_FRAMES) == ACTIVE_FRAMES


def test_every_frame_is_looked_at_until_no_hand_was_seen_for_long_enough() -> None:
    room = Room()
    room.shows_hand = True
    assert room.see(*[EMPTY] * 2 * ACTIVE_FRAMES) == 2 * ACTIVE_FRAMES
    room.shows_hand = False
    assert room.see(*[EMPTY] * ACTIVE_FRAMES) >= ACTIVE_FRAMES - 1
    assert room.see(*[EMPTY] * ACTIVE_FRAMES) < ACTIVE_FRAMES / 5


def test_an_empty_room_is_looked_at_in_regular_intervals_even_if_nothing_moves() -> None:
    room = Room()
    room.fall_idle()
    seconds = 10
    looks = room.see(*[EMPTY] * int(seconds * 1000 / STEP_MS))
    assert looks == int(seconds * 1000 / (np.ceil(IDLE_LOOK_MS / STEP_MS) * STEP_MS)) + 1


def test_a_hand_that_appears_is_found_in_the_very_frame() -> None:
    for since_look in range(6):
        room = Room()
        room.fall_idle()
        room.see(*[EMPTY] * (1 + since_look))
        room.shows_hand = True
        assert room.see(with_block(60)) == 1
        assert len(room.found) == 1
        assert room.see(*[with_block(60)] * 20) == 20


def test_a_hand_that_nobody_noticed_coming_is_found_at_the_next_look() -> None:
    room = Room()
    room.fall_idle()
    room.see(EMPTY)
    room.shows_hand = True
    frames = 0
    while not (frames and room.found):
        room.see(EMPTY)
        frames += 1
    assert frames * STEP_MS <= IDLE_LOOK_MS + STEP_MS


def test_what_moves_gets_time_to_turn_out_to_be_a_hand() -> None:
    room = Room()
    room.fall_idle()
    room.see(EMPTY)
    frames = int(WAKE_MS / STEP_MS)
    assert room.see(*[with_block(60)] * frames) == frames
    assert room.see(*[with_block(60)] * 100) < 100 / 5


def test_a_slow_change_adds_up() -> None:
    room = Room()
    room.fall_idle()
    room.see(EMPTY)
    sizes = (10, 20, 30, 40, 50)
    assert room.see(*(with_block(size) for size in sizes)) >= 1


def test_a_cameras_noise_wakes_nobody() -> None:
    room = Room()
    room.fall_idle()
    assert room.see(*(noisy(seed) for seed in range(50))) <= 50 / 5


def test_a_street_where_something_always_moves_does_not_keep_it_awake() -> None:
    room = Room()
    room.fall_idle()
    street = [with_block(120, left=(i * 37) % 500) for i in range(300)]
    room.see(*street)
    assert room.see(*street) < 300 / 3


def test_another_picture_size_is_looked_at() -> None:
    room = Room()
    room.fall_idle()
    room.see(EMPTY)
    assert room.see(make_picture(320, 180)) == 1
    assert room.see(make_picture(8, 6)) == 1


def test_closing_closes_the_detector() -> None:
    room = Room()
    room.detector.close()
    assert len(room.inner.closed_on) == 1
