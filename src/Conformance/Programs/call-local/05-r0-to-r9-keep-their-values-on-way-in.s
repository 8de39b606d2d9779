# Rule: jmp/call-local
# Purpose: r0 to r9 keep their values on the way in

    mov %r6, 0x606
    mov %r7, 0x7070
    mov %r8, 0x80808
    mov %r9, 0x909090
    mov %r0, 3
    call local f
    exit
f:
    add %r0, %r6
    xor %r0, %r7
    add %r0, %r8
    xor %r0, %r9
    exit
