# Rule: jmp/call-helper
# Purpose: printf leaves {format} as it stands, or a percent sign of it, as no number is left
# Memory: "%d%d%d%d{format}\0"
# Helpers: 0x01
# Each: format
#       %7d%12lx|
#       %5c%9p|
#       %99u%100i|
#       %07X%zd|
#       %5%%%|

    lddw %r2, 1
    lddw %r3, 22
    lddw %r4, 333
    lddw %r5, 4444
    call 0x01
    exit
