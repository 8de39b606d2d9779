# Rule: program/frames
# Purpose: the calls nest 6 deep

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
    call local f3
    add %r0, 0x10
    exit
f3:
    add %r0, 1
    call local f4
    add %r0, 0x10
    exit
f4:
    add %r0, 1
    call local f5
    add %r0, 0x10
    exit
f5:
    add %r0, 1
    call local f6
    add %r0, 0x10
    exit
f6:
    add %r0, 1
    exit
