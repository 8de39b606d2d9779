# Rule: program/start
# Purpose: the context's first bytes are there, and are written
# Memory: 16 bytes from 11 by 37

    ldxdw %r0, [%r1+0]
    stb [%r1+0], 9
    ldxb %r3, [%r1+0]
    add %r0, %r3
    exit
