# Rule: jmp/call-helper
# Purpose: the format of printf is {format}, without a zero byte
# Memory: "{format}"
# Helpers: 0x01
# Each: format
#       abc%
#       abc%1
#       abc%l
#       abc%5l
#       %
#       a

    mov %r2, 12345
    call 0x01
    exit
