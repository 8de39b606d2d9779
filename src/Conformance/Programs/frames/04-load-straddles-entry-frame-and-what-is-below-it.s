# Rule: program/frames
# Purpose: a load straddles the entry's frame and what is below it

    mov %r0, 7
    ldxdw %r0, [%r10-516]
    exit
