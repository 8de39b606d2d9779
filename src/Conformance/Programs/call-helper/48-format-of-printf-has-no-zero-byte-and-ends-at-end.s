# Rule: jmp/call-helper
# Purpose: the format of printf has no zero byte, and ends at the end of its region
# Memory: "abcde"
# Helpers: 0x01

    call 0x01
    exit
