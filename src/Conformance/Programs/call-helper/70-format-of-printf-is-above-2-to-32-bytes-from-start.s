# Rule: jmp/call-helper
# Purpose: the format of printf is above 2^32, {distance} bytes from the start of its region
# Region: far 0x180000000 read "abcde"
# Helpers: 0x01
# Each: distance | address
#       0        | 0x180000000
#       1        | 0x180000001
#       4        | 0x180000004
#       5        | 0x180000005

    lddw %r1, {address}
    mov %r0, 7
    call 0x01
    exit
