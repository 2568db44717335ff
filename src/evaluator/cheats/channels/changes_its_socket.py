"""Changes what can be changed of its channel: closes one direction, blocks the other, shrinks its buffers.

task: text
"""

import os
import socket


def answer(question=None):
    for descriptor in range(3, 32):
        try:
            channel = socket.socket(fileno=os.dup(descriptor))
        except OSError:
            continue
        channel.setblocking(False)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF, socket.SO_LINGER, socket.SO_KEEPALIVE):
            try:
                channel.setsockopt(socket.SOL_SOCKET, option, 1)
            except OSError:
                pass
        try:
            channel.shutdown(socket.SHUT_RD)
        except OSError:
            pass
        channel.close()
    return "whatever"
