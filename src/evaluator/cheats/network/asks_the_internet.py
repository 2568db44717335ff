"""Asks a server on the internet for the answer.

task: text
harmful: it talks to the internet
slow: a connection may hang
"""

import socket


def answer(question=None):
    try:
        with socket.create_connection(("192.0.2.1", 80), 0.5) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return connection.recv(1000).decode()
    except OSError:
        return None
