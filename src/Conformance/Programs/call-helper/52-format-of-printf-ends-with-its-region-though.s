# Rule: jmp/call-helper
# Purpose: the format of printf ends with its region, though another begins there
# Region: low 0x40000000 read "abcd"
# Region: high 0x40000004 read "efgh\0"
# Helpers: 0x01

    lddw %r1, 0x40000002
    call 0x01
    exit
