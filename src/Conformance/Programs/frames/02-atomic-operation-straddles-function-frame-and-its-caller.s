# Rule: program/frames
# Purpose: an atomic operation straddles the function's frame and its caller's

    mov %r0, 7
    call local f
    exit
f:
    mov %r1, 1
    lock add [%r10-4], %r1
    exit
