# SPDX-License-Identifier: Apache-2.0
"""Run by the peer's own interpreter: pynput's events as JSON lines, mss at 10 fps, H.264 (veryfast) by PyAV."""

import json
import signal
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import mss
import numpy as np
from pynput import keyboard, mouse

FPS = 10


def main(out: Path) -> None:
    out.mkdir()
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with (out / "events.jsonl").open("w") as events, av.open(str(out / "screen.mp4"), "w") as video:

        def tell(*words: object) -> None:
            events.write(json.dumps([time.time(), *(str(word) for word in words)]) + "\n")

        pointer = mouse.Listener(
            on_move=lambda x, y: tell("move", x, y),
            on_click=lambda x, y, button, pressed: tell("click", x, y, button, pressed),
            on_scroll=lambda x, y, dx, dy: tell("scroll", x, y, dx, dy),
        )
        keys = keyboard.Listener(on_press=lambda key: tell("down", key), on_release=lambda key: tell("up", key))
        pointer.start()
        keys.start()
        pointer.wait()
        keys.wait()
        record_screen(video, stopped)
        pointer.stop()
        keys.stop()


def record_screen(video: av.container.OutputContainer, stopped: threading.Event) -> None:
    with mss.mss() as screen:
        monitor = screen.monitors[1]
        stream = video.add_stream("libx264", rate=FPS, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = monitor["width"], monitor["height"], "yuv420p"
        stream.time_base = Fraction(1, FPS)
        print("ready", flush=True)
        due = time.monotonic()
        while not stopped.is_set():
            shot = screen.grab(monitor)
            pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
            for packet in stream.encode(av.VideoFrame.from_ndarray(pixels, format="bgra")):
                video.mux(packet)
            due += 1 / FPS
            stopped.wait(max(0.0, due - time.monotonic()))
        for packet in stream.encode():
            video.mux(packet)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
