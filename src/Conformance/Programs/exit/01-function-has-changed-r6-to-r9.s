# Rule: jmp/exit
# Purpose: the function has changed r6 to r9

    mov %r6, 0x606
    mov %r7, 0x7070
    mov %r8, 0x80808
    mov %r9, 0x909090
    mov %r0, 0
    call local f
    add %r0, %r6
    xor %r0, %r7
    add %r0, %r8
    xor %r0, %r9
    exit
f:
    mov %r6, 1
    mov %r7, 2
    mov %r8, 3
    mov %r9, 4
    exit
