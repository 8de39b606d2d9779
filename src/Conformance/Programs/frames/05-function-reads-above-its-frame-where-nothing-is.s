# Rule: program/frames
# Purpose: a function reads above its frame where nothing is

    mov %r0, 7
    ldxb %r0, [%r10+0]
    exit
