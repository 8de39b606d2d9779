# Rule: jmp/call-helper
# Purpose: printf prints {what}
# Memory: "{format}\0"
# Helpers: 0x01
# Each: what                                                   | format   | number
#       the low 32 bits as a signed number                     | %d       | 0x7ffffffffffffffb
#       the low 32 bits as an unsigned number                  | %u       | 0x7ffffffffffffffb
#       the low 32 bits in hexadecimal                         | %x       | 0x1230000abcd
#       all 64 bits in hexadecimal                             | %lX      | 0x1230000abcd
#       all 64 bits as a signed number                         | %lld     | 0xfffffffffffffff6
#       all 64 bits as an unsigned number                      | %zu      | 0xfffffffffffffff6
#       an address with 0x before it                           | %p       | 0x1230000abcd
#       one character for the low 8 bits, though they are zero | a%cb     | 0x4100
#       a percent sign, which takes no number                  | 100%% %d | 12345

    lddw %r2, {number}
    call 0x01
    exit
