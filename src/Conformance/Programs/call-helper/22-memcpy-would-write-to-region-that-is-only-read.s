# Rule: jmp/call-helper
# Purpose: memcpy would write to a region that is only read
# Region: low 0x40000000 read 16 bytes from 17 by 17
# Region: high 0x40000010 read-write 16 bytes from 225 by -7
# Helpers: 0x02

    lddw %r1, 0x40000000
    lddw %r2, 0x40000010
    mov %r3, 8
    mov %r0, 9
    call 0x02
    exit
