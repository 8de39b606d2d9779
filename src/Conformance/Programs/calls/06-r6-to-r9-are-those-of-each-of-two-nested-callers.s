# Rule: program/calls
# Purpose: r6 to r9 are those of each of two nested callers

    mov %r6, 1
    mov %r7, 2
    mov %r8, 3
    mov %r9, 4
    mov %r0, 0
    call local f
    lsh %r0, 4
    add %r0, %r6
    lsh %r0, 4
    add %r0, %r7
    lsh %r0, 4
    add %r0, %r8
    lsh %r0, 4
    add %r0, %r9
    exit
f:
    mov %r6, 5
    mov %r7, 6
    mov %r8, 7
    mov %r9, 8
    call local g
    mov %r0, %r6
    lsh %r0, 4
    add %r0, %r7
    lsh %r0, 4
    add %r0, %r8
    lsh %r0, 4
    add %r0, %r9
    exit
g:
    mov %r6, 9
    mov %r7, 10
    mov %r8, 11
    mov %r9, 12
    exit
