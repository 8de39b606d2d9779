#!/bin/sh
# Rebuilds the committed objects of this folder, each named after its source and the version of clang.
set -eu
cd "$(dirname "$0")"
compile() {
    clang-"$1" -target "$2" -w -ffreestanding -fno-ident -O2 $3 -c "$4" -o "$5"
}
compile 14 bpfel "-mcpu=v2 -fcommon" globals.c globals-14.o
compile 16 bpfel "-mcpu=v3 -ffunction-sections" functions.c functions-16.o
compile 16 bpfel "-mcpu=v3" programs.c programs-16.o
compile 16 bpfeb "-mcpu=v3" programs.c programs-big-endian-16.o
compile 19 bpfel "-mcpu=v4" arithmetic.c arithmetic-19.o
compile 19 bpfel "-mcpu=v4" helpers.c helpers-19.o
compile 19 bpfel "-mcpu=v3 -std=c++17 -fno-exceptions" inline.cc inline-19.o
