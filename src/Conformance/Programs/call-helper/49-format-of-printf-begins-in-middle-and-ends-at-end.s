# Rule: jmp/call-helper
# Purpose: the format of printf begins in the middle, and ends at the end of its region
# Memory: "abcde"
# Helpers: 0x01

    add %r1, 3
    call 0x01
    exit
