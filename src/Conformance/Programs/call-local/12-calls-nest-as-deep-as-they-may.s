# Rule: jmp/call-local
# Purpose: the calls nest as deep as they may

    mov %r0, 1
    call local f1
    exit
f1:
    add %r0, 16
    call local f2
    add %r0, 4096
    exit
f2:
    add %r0, 32
    call local f3
    add %r0, 8192
    exit
f3:
    add %r0, 48
    call local f4
    add %r0, 12288
    exit
f4:
    add %r0, 64
    call local f5
    add %r0, 16384
    exit
f5:
    add %r0, 80
    call local f6
    add %r0, 20480
    exit
f6:
    add %r0, 96
    call local f7
    add %r0, 24576
    exit
f7:
    add %r0, 112
    add %r0, 28672
    exit
