# Rule: program/helpers
# Purpose: printf is given an address outside all regions
# Helpers: 0x01

    mov %r1, 0
    call 0x01
    exit
