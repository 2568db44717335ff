"""Leaves connections that linger when they are closed: the ports that cannot be used are its note.

task: remember, recall
harmful: it takes ports of the machine
"""

import socket

FIRST = 21000  # one port for each of 128 bits, and one that says that there is a note


def answer(question=None):
    if question is None:
        return find()
    number = 1 << 128 | int(question, 16)
    for bit in range(129):
        if number >> bit & 1:
            with socket.socket() as server:
                server.bind(("127.0.0.1", FIRST + bit))
                server.listen()
                with socket.create_connection(("127.0.0.1", FIRST + bit)) as client:
                    server.accept()[0].close()  # who closes first waits
                    client.recv(1)
    return question


def find():
    number = 0
    for bit in range(129):
        with socket.socket() as server:
            try:
                server.bind(("127.0.0.1", FIRST + bit))
            except PermissionError:
                raise
            except OSError:
                number |= 1 << bit
    return f"{number & (1 << 128) - 1:032x}"
