# Rule: program/long-division
# Purpose: quotient and remainder are put together again

    lddw %r6, 0xfedcba9876543210
    mov %r7, 0x12345
    mov %r0, %r6
    div %r0, %r7
    mov %r8, %r6
    mod %r8, %r7
    mul %r0, %r7
    add %r0, %r8
    xor %r0, %r6
    mov %r1, %r6
    sdiv %r1, %r7
    mov %r8, %r6
    smod %r8, %r7
    mul %r1, %r7
    add %r1, %r8
    xor %r1, %r6
    or %r0, %r1
    add %r0, %r8
    exit
