# Rule: jmp/call-helper
# Purpose: printf prints the fields of {format}
# Memory: "{format}\0"
# Helpers: 0x01
# Each: format
#       %9d%8i%7u%6x
#       %5X%4p%3c%2d
#       %12d%34i%56u%78x
#       %90X%99ld
#       %100d
#       %101lu
#       %09d%012x%010p%05c
#       %012ld%9zx%8llu
#       %0d%00d%007d
#       %5%%012%%99%
#       %1d%02x

    lddw %r2, 7
    lddw %r3, 7
    lddw %r4, 7
    lddw %r5, 7
    call 0x01
    exit
