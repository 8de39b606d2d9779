# Rule: program/frames
# Purpose: the calls nest 2 deep

    mov %r0, 0
    call local f1
    add %r0, 0x100
    exit
f1:
    add %r0, 1
    call local f2
    add %r0, 0x10
    exit
f2:
    add %r0, 1
    exit
