# SPDX-License-Identifier: Apache-2.0
"""Run by the peer's own interpreter: openadapt-capture's Recorder as it comes, with the FFmpeg of imageio-ffmpeg."""

import signal
import sys
import threading

import imageio_ffmpeg
from openadapt_capture.recorder import Recorder


def main(out: str) -> None:
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with Recorder(out, task_description="bench", ffmpeg_path=imageio_ffmpeg.get_ffmpeg_exe()) as recorder:
        if recorder.wait_for_ready():
            print("ready", flush=True)
            stopped.wait()


if __name__ == "__main__":
    main(sys.argv[1])
