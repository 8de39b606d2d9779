# Rule: jmp/call-helper
# Purpose: printf prints {conversion} of {first}, {second}, {third}, {fourth}
# Memory: "{conversion}{conversion}{conversion}{conversion}\0"
# Helpers: 0x01
# Each: conversion | first              | second             | third              | fourth
#       %d         | 0                  | 9                  | 10                 | 99
#       %d         | 100                | -1                 | -9                 | -10
#       %d         | -99                | -100               | 0x7fffffff         | -0x80000000
#       %i         | 0                  | 9                  | 10                 | 99
#       %i         | 100                | -1                 | -9                 | -10
#       %i         | -99                | -100               | 0x7fffffff         | -0x80000000
#       %ld        | 0                  | 9                  | -9                 | -10
#       %ld        | 9999999999         | 10000000000        | -9999999999        | -10000000000
#       %ld        | 0x7fffffffffffffff | 0x8000000000000000 | 999999999999999999 | 1000000000000000000
#       %zi        | 0                  | 9                  | -9                 | -10
#       %zi        | 9999999999         | 10000000000        | -9999999999        | -10000000000
#       %zi        | 0x7fffffffffffffff | 0x8000000000000000 | 999999999999999999 | 1000000000000000000
#       %u         | 0                  | 9                  | 10                 | 99
#       %u         | 100                | 0xffffffff         | 999999999          | 1000000000
#       %lu        | 0                  | 9                  | 10                 | 0x100000000
#       %lu        | 9999999999         | 10000000000        | 0xffffffffffffffff | 0x8ac7230489e80000
#       %x         | 0                  | 0xf                | 0x10               | 0xff
#       %x         | 0x100              | 0xffffffff         | 0xfffffff          | 0x10000000
#       %X         | 0                  | 0xf                | 0x10               | 0xff
#       %X         | 0x100              | 0xffffffff         | 0xfffffff          | 0x10000000
#       %lx        | 0                  | 0xf                | 0x10               | 0x100000000
#       %lx        | 0xffffffff         | 0xffffffffffffffff | 0xfffffffffffffff  | 0x1000000000000000
#       %zX        | 0                  | 0xf                | 0x10               | 0x100000000
#       %zX        | 0xffffffff         | 0xffffffffffffffff | 0xfffffffffffffff  | 0x1000000000000000
#       %p         | 0                  | 0xf                | 0x10               | 0x100000000
#       %p         | 0xffffffff         | 0xffffffffffffffff | 0xfffffffffffffff  | 0x1000000000000000
#       %lp        | 0                  | 0xf                | 0x10               | 0x100000000
#       %lp        | 0xffffffff         | 0xffffffffffffffff | 0xfffffffffffffff  | 0x1000000000000000
#       %c         | 0                  | 0xff               | 0x100              | -1

    lddw %r2, {first}
    lddw %r3, {second}
    lddw %r4, {third}
    lddw %r5, {fourth}
    call 0x01
    exit
