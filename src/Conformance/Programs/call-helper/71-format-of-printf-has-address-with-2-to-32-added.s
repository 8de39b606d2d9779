# Rule: jmp/call-helper
# Purpose: the format of printf has an address with 2^32 added
# Memory: "abc\0"
# Helpers: 0x01

    lddw %r3, 0x100000000
    mov %r0, 7
    add %r1, %r3
    call 0x01
    exit
