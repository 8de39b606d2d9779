# Rule: program/matrix
# Purpose: two small matrices are multiplied with the help of a function

    mov %r6, %r1
    mov %r1, 1
    mov %r2, 2
    mov %r3, 5
    mov %r4, 7
    call local dot
    mov %r7, %r0
    mov %r1, 3
    mov %r2, 4
    mov %r3, 6
    mov %r4, 8
    call local dot
    lsh %r0, 16
    add %r0, %r7
    exit
dot:
    mul %r1, %r3
    mul %r2, %r4
    mov %r0, %r1
    add %r0, %r2
    exit
