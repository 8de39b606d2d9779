# Rule: jmp/call-helper
# Purpose: r6 to r9 are kept across a call
# Helpers: 0x20

    mov %r6, 0x606
    mov %r7, 0x7070
    mov %r8, 0x80808
    mov %r9, 0x909090
    call 0x20
    add %r0, %r6
    xor %r0, %r7
    add %r0, %r8
    xor %r0, %r9
    exit
