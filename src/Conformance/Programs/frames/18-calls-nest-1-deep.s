# Rule: program/frames
# Purpose: the calls nest 1 deep

    mov %r0, 0
    call local f1
    add %r0, 0x100
    exit
f1:
    add %r0, 1
    exit
