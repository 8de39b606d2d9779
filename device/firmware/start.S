/* Start-up, and the calls of the host by semihosting, as the emulator takes them. RAM is zero when the emulator starts. */
    .syntax unified
    .cpu cortex-m4
    .thumb

    .section .vectors, "a"
    .word stack_end
    .word reset + 1
    .rept 14
    .word fault + 1
    .endr

    .text
    .thumb_func
    .global reset
reset:
    bl main
    .thumb_func
    .global host_exit
host_exit:
    ldr r1, =0x20026
    push {r0}
    push {r1}
    mov r1, sp
    movs r0, #0x20
    bkpt 0xab
1:  b 1b

    .thumb_func
fault:
    movs r0, #99
    b host_exit

    .thumb_func
    .global host_call
host_call:
    bkpt 0xab
    bx lr
