# Rule: jmp/call-local
# Purpose: the frame of a second call is zeroed though the first one wrote to it

    call local f
    mov %r6, %r0
    call local f
    add %r0, %r6
    exit
f:
    ldxdw %r0, [%r10-8]
    stdw [%r10-8], 0x55
    add %r0, 1
    exit
