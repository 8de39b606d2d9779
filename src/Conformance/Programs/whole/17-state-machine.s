# Rule: program/state-machine
# Purpose: comparisons of every kind lead through a program

    mov %r0, 0
    mov %r1, -5
    mov %r2, 3
    jgt %r1, %r2, a
    exit
a:
    or %r0, 1
    jslt %r1, %r2, b
    exit
b:
    or %r0, 2
    jle %r2, 3, c
    exit
c:
    or %r0, 4
    jsge %r2, -1, d
    exit
d:
    or %r0, 8
    jset %r1, 0x80, e
    exit
e:
    or %r0, 16
    jne32 %r1, %r2, f
    exit
f:
    or %r0, 32
    jsle32 %r1, -5, g
    exit
g:
    or %r0, 64
    exit
