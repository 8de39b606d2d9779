# Rule: program/helpers
# Purpose: printf is given an address in the stack
# Helpers: 0x01

    stw [%r10-8], 0x00006f6b
    mov %r1, %r10
    add %r1, -8
    call 0x01
    exit
