"""Echoes calls by pipecat's SmallWebRTC transport: run in its own environment, with a PORT.

Its defaults, 16 kHz both ways, no voice activity and no recording: as little as it can do.
"""

import asyncio
import sys

from aiohttp import web
from loguru import logger
from pipecat.frames.frames import Frame, InputAudioRawFrame, OutputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport
from pipecat.workers.runner import WorkerRunner

RATE = 16_000


class Echo(FrameProcessor):
    """Gives back what it hears."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Turn input into output."""
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            frame = OutputAudioRawFrame(
                audio=frame.audio, sample_rate=frame.sample_rate, num_channels=frame.num_channels
            )
        await self.push_frame(frame, direction)


running: set[asyncio.Task[None]] = set()


async def offer(request: web.Request) -> web.Response:
    """Begin a call."""
    offered = await request.json()
    connection = SmallWebRTCConnection([])
    await connection.initialize(sdp=offered["sdp"], type=offered["type"])
    both = {"audio_in_enabled": True, "audio_out_enabled": True}
    rates = {"audio_in_sample_rate": RATE, "audio_out_sample_rate": RATE}
    transport = SmallWebRTCTransport(
        webrtc_connection=connection, params=TransportParams(**both, **rates)
    )
    worker = PipelineWorker(
        Pipeline([transport.input(), Echo(), transport.output()]),
        params=PipelineParams(**rates),
        idle_timeout_secs=None,
        enable_rtvi=False,
    )

    async def run() -> None:
        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(worker)
        await runner.run()

    running.add(asyncio.create_task(run()))
    answer = connection.get_answer()
    return web.json_response({"sdp": answer["sdp"], "type": answer["type"]})


def main() -> None:
    """Serve offers until killed."""
    logger.remove()
    app = web.Application()
    app.router.add_post("/offer", offer)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)


if __name__ == "__main__":
    main()
