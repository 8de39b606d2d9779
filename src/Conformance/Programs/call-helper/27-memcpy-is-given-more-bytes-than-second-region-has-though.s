# Rule: jmp/call-helper
# Purpose: memcpy is given more bytes than the second region has, though the first has them
# Region: low 0x40000000 read-write 16 bytes from 17 by 17
# Region: high 0x40000010 read-write 32 bytes from 225 by -7
# Helpers: 0x02

    lddw %r1, 0x40000010
    lddw %r2, 0x40000000
    mov %r3, 24
    mov %r0, 9
    call 0x02
    exit
