# Rule: jmp/call-helper
# Purpose: printf prints {format} of numbers about as long as their fields
# Memory: "{format}\0"
# Helpers: 0x01
# Each: format
#       %3d%4d%5d%6d
#       %3x%4x%5X%6X
#       %5lu%6lu%7lu%8lu

    lddw %r2, -1234
    lddw %r3, 12345
    lddw %r4, -12345
    lddw %r5, 123456
    call 0x01
    exit
