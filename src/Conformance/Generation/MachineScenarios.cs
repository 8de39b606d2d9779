using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Programs about what lies between the rules: frames, what calls keep, budgets, many regions, helpers' arguments.</summary>
internal static class MachineScenarios
{
    private const string Frames = "program/frames";
    private const string Kept = "program/calls";
    private const string Regions = "program/regions";
    private const string Budget = "program/budget";
    private const string Helper = "program/helpers";
    private const string Start = "program/start";

    /// <summary>The scenarios.</summary>
    public static IEnumerable<Scenario> All => [.. OfFrames, .. OfCalls, .. OfStarts, .. OfBudgets, .. OfRegions, .. OfHelpers];

    private static IEnumerable<Scenario> OfFrames =>
    [
        .. from text in (IEnumerable<(string Kind, string Access)>)[("a load", "ldxdw %r0, [%r10-4]"), ("a store", "stdw [%r10-4], 7"), ("a load of 2 bytes", "ldxh %r0, [%r10-1]"), ("an atomic operation", "mov %r1, 1\nlock add [%r10-4], %r1")]
           select new Scenario(Frames, $"{text.Kind} straddles the function's frame and its caller's", $"mov %r0, 7\ncall local f\nexit\nf: {text.Access}\nexit"),
        new(Frames, "a load straddles the frames of two callers", "mov %r1, %r10\ncall local f\nexit\nf: call local g\nexit\ng: ldxdw %r0, [%r1-516]\nexit"),
        new(Frames, "a load straddles the entry's frame and what is below it", "mov %r0, 7\nldxdw %r0, [%r10-516]\nexit"),
        new(Frames, "a function reads above its frame where nothing is", "mov %r0, 7\nldxb %r0, [%r10+0]\nexit"),
        new(Frames, "a function reads and writes the frame of its caller's caller", "stdw [%r10-8], 5\nmov %r1, %r10\ncall local f\nldxdw %r1, [%r10-16]\nadd %r0, %r1\nexit\nf: call local g\nexit\ng: ldxdw %r0, [%r1-8]\nstdw [%r1-16], 0x30\nexit"),
        new(Frames, "a function reads the frames of all of its callers", "mov %r0, 0\nmov %r1, %r10\nstdw [%r10-8], 1\ncall local f\nexit\nf: mov %r2, %r10\nstdw [%r10-8], 0x20\ncall local g\nexit\ng: mov %r3, %r10\nstdw [%r10-8], 0x300\ncall local h\nexit\nh: ldxdw %r0, [%r1-8]\nldxdw %r4, [%r2-8]\nadd %r0, %r4\nldxdw %r4, [%r3-8]\nadd %r0, %r4\nexit"),
        new(Frames, "a function writes a frame between its own and the entry's", "mov %r0, 0\ncall local f\nexit\nf: mov %r1, %r10\ncall local g\nldxdw %r0, [%r10-8]\nexit\ng: stdw [%r1-8], 0x2b\nexit"),
        new(Frames, "a function reads the frame that a function called before it had", "call local f\nmov %r0, 7\nldxb %r0, [%r1-1]\nexit\nf: mov %r1, %r10\nstdw [%r10-8], 0x55\nldxdw %r2, [%r10-8]\nexit"),
        new(Frames, "an access repeats where a frame was, after the return", "mov %r6, 0\ncall local f\nldxdw %r0, [%r1-8]\nexit\nf: mov %r1, %r10\nldxdw %r0, [%r1-8]\nexit"),
        new(Frames, "every byte of a second function's frame is zero, though the first has written all of it", "call local f\ncall local g\nexit\nf: mov %r1, %r10\nmov %r2, 64\nfill: sub %r1, 8\nstdw [%r1+0], -1\nsub %r2, 1\njne %r2, 0, fill\nexit\ng: mov %r0, 0\nmov %r1, %r10\nmov %r2, 64\nsum: sub %r1, 8\nldxdw %r3, [%r1+0]\nor %r0, %r3\nsub %r2, 1\njne %r2, 0, sum\nadd %r0, 9\nexit"),
        new(Frames, "every byte of the first function's frame is zero, though the caller has written all of its own", "mov %r1, %r10\nmov %r2, 64\nfill: sub %r1, 8\nstdw [%r1+0], -1\nsub %r2, 1\njne %r2, 0, fill\ncall local g\nexit\ng: mov %r0, 0\nmov %r1, %r10\nmov %r2, 64\nsum: sub %r1, 8\nldxdw %r3, [%r1+0]\nor %r0, %r3\nsub %r2, 1\njne %r2, 0, sum\nadd %r0, 9\nexit"),
        new(Frames, "a frame is as it was after a call whose function has written all of its own", "stdw [%r10-8], 0x123\nstdw [%r10-512], 0x4000\ncall local f\nldxdw %r0, [%r10-8]\nldxdw %r1, [%r10-512]\nadd %r0, %r1\nexit\nf: mov %r1, %r10\nmov %r2, 64\nfill: sub %r1, 8\nstdw [%r1+0], -1\nsub %r2, 1\njne %r2, 0, fill\nexit"),
        new(Frames, "eleven functions are called one after the other", $"mov %r0, 0\n{Repeated(11, "call local f\n")}exit\nf: add %r0, 1\nexit"),
        new(Frames, "r10 of each of three nested functions is 512 below that of its caller", "mov %r6, %r10\nmov %r0, 0\nmov %r1, %r10\ncall local f\nexit\nf: sub %r1, %r10\nmov %r0, %r1\nmov %r2, %r10\ncall local g\nexit\ng: sub %r2, %r10\nlsh %r2, 16\nadd %r0, %r2\nmov %r3, %r10\ncall local h\nexit\nh: sub %r3, %r10\nlsh %r3, 32\nadd %r0, %r3\nexit"),
        new(Frames, "the lowest byte of a frame is written and read", "mov %r0, 0\ncall local f\nexit\nf: stb [%r10-512], 0x2a\nldxb %r0, [%r10-512]\nexit"),
        new(Frames, "the calls nest as deep as they may with no branch left", $"{Repeated(193, "ja +0\n")}mov %r0, 0\ncall local f1\nexit\n{string.Concat(Enumerable.Range(1, 6).Select(each => $"f{each}: call local f{each + 1}\nexit\n"))}f7: call local f8\nexit\nf8: exit"),
        .. Enumerable.Range(1, 6).Select(depth => new Scenario(Frames, $"the calls nest {depth} deep", $"mov %r0, 0\ncall local f1\nadd %r0, 0x100\nexit\n{string.Concat(Enumerable.Range(1, depth - 1).Select(each => $"f{each}: add %r0, 1\ncall local f{each + 1}\nadd %r0, 0x10\nexit\n"))}f{depth}: add %r0, 1\nexit")),
    ];

    private static IEnumerable<Scenario> OfCalls =>
    [
        .. from register in Enumerable.Range(0, 10)
           select new Scenario(Kept, $"all 64 bits of r{register} reach the function, and what it leaves there reaches the caller or does not", $"lddw %r{register}, 0x89abcdef87654321\n{(register == 0 ? "" : "mov %r0, 0\n")}call local f\n{(register == 0 ? "" : $"rsh %r{register}, 4\nxor %r0, %r{register}\n")}exit\nf: {(register == 0 ? "add %r0, 5" : $"mov %r0, %r{register}\nlddw %r{register}, 0xfedcba9898765432")}\nexit"),
        .. from register in Enumerable.Range(1, 9)
           select new Scenario(Kept, $"r{register} has an upper half, at a call and at the return", $"lddw %r{register}, 0x1234567800000007\nmov %r0, 0\ncall local f\nmov %r0, %r{register}\nexit\nf: {(register < 6 ? "mov %r0, 0" : $"mov %r{register}, 3")}\nexit"),
        .. from register in Enumerable.Range(0, 6)
           select new Scenario(Kept, $"the function leaves a negative number in r{register}, whose caller had another", $"mov %r{register}, 0x77\ncall local f\n{(register == 0 ? "" : $"mov %r0, %r{register}\n")}exit\nf: lddw %r{register}, 0xffffffff00000005\nexit"),
        new(Kept, "r6 to r9 are those of each of two nested callers", "mov %r6, 1\nmov %r7, 2\nmov %r8, 3\nmov %r9, 4\nmov %r0, 0\ncall local f\nlsh %r0, 4\nadd %r0, %r6\nlsh %r0, 4\nadd %r0, %r7\nlsh %r0, 4\nadd %r0, %r8\nlsh %r0, 4\nadd %r0, %r9\nexit\nf: mov %r6, 5\nmov %r7, 6\nmov %r8, 7\nmov %r9, 8\ncall local g\nmov %r0, %r6\nlsh %r0, 4\nadd %r0, %r7\nlsh %r0, 4\nadd %r0, %r8\nlsh %r0, 4\nadd %r0, %r9\nexit\ng: mov %r6, 9\nmov %r7, 10\nmov %r8, 11\nmov %r9, 12\nexit"),
        new(Kept, "the function is at slot 0", "jne %r6, 0, f\nja start\nf: mov %r0, 7\nexit\nstart: mov %r6, 1\ncall local -6\nexit"),
        new(Kept, "the function is in the last slots", "mov %r0, 3\ncall local f\nadd %r0, 1\nexit\nmov %r0, 0x55\nexit\nf: exit"),
        new(Kept, "the function is called over a wide instruction, and back over one", "mov %r0, 0\nja start\ng: add %r0, 0x40\nexit\nlddw %r1, 0x100000001\nstart: call local f\ncall local g\nexit\nlddw %r1, 0x200000002\nf: add %r0, 1\nexit"),
        new(Kept, "the call leads to the next slot", "mov %r0, 1\ncall local +0\nadd %r0, 2\nexit"),
        .. from value in (IEnumerable<string>)["0x80000000", "0xffffffff", "0xffffffffffffffff", "0x8000000000000000", "0xfffffffffffffff5", "0x10000", "0", "0x7fffffff00000001"]
           select new Scenario(Kept, $"the result is {value}", $"lddw %r0, {value}\nexit"),
        .. from value in (IEnumerable<string>)["0xffffffff00000001", "0x80000000", "0x100000000"]
           select new Scenario(Kept, $"a function's result is {value}", $"call local f\nexit\nf: lddw %r0, {value}\nexit"),
    ];

    private static IEnumerable<Scenario> OfStarts =>
    [
        .. from register in (IEnumerable<int>)[0, 3, 4, 5, 6, 7, 8, 9]
           select new Scenario(Start, $"r{register} is zero", register == 0 ? "add %r0, 7\nexit" : $"mov %r0, %r{register}\nadd %r0, 7\nexit") { Memory = [1, 2, 3, 4] },
        .. from length in (IEnumerable<int>)[1, 7, 8, 15, 16, 31, 33, 63, 65, 127, 129, 255, 256, 257, 600]
           select new Scenario(Start, $"r2 is the length of a context of {length} bytes, and its last byte is there", $"mov %r0, %r2\nlsh %r0, 8\nldxb %r3, [%r1+{length - 1}]\nadd %r0, %r3\nexit") { Memory = Bytes(length) },
        .. from length in (IEnumerable<int>)[1, 8, 256, 257, 600]
           select new Scenario(Start, $"the access is one past a context of {length} bytes", $"mov %r0, 7\nldxb %r0, [%r1+{length}]\nexit") { Memory = Bytes(length) },
        new(Start, "the context's first bytes are there, and are written", "ldxdw %r0, [%r1+0]\nstb [%r1+0], 9\nldxb %r3, [%r1+0]\nadd %r0, %r3\nexit") { Memory = Bytes(16) },
        new(Start, "without a context, r1 is zero", "mov %r0, %r1\nadd %r0, 7\nexit"),
        new(Start, "without a context, r2 is zero", "mov %r0, %r2\nadd %r0, 7\nexit"),
        new(Start, "the stack ends at r10", "mov %r0, 7\nstxdw [%r10-8], %r0\nldxdw %r0, [%r10-8]\nldxb %r1, [%r10-1]\nadd %r0, %r1\nexit"),
        .. from block in Enumerable.Range(0, 8)
           select new Scenario(Start, $"bytes {block * 64} to {(block * 64) + 63} of the stack are zero", $"mov %r0, 0\n{string.Concat(Enumerable.Range(0, 8).Select(word => $"ldxdw %r3, [%r10-{512 - (block * 64) - (word * 8)}]\nor %r0, %r3\n"))}add %r0, 5\nexit"),
    ];

    private static IEnumerable<Scenario> OfBudgets =>
    [
        .. from limit in (IEnumerable<ulong>)[256, 257, 65536, 65537, 0x1_0000_0000, 0x1_0000_0001]
           select new Scenario(Budget, $"a budget of {limit} branches allows three", "mov %r0, 5\nja +0\nja +0\nja +0\nexit") { Setting = new() { Branches = limit } },
        .. from limit in (IEnumerable<ulong>)[256, 257, 65536, 65537, 0x1_0000_0000, 0x1_0000_0001]
           select new Scenario(Budget, $"a budget of {limit} instructions allows five", "mov %r0, 5\nadd %r0, 1\nadd %r0, 2\nadd %r0, 3\nexit") { Setting = new() { Instructions = limit } },
        new(Budget, "a budget of 300 branches allows 300", "mov %r0, 0\nmov %r1, 301\nloop: add %r0, %r1\nsub %r1, 1\njne %r1, 0, loop\nexit") { Setting = new() { Branches = 300 } },
        new(Budget, "a budget of 300 branches does not allow 301", "mov %r0, 0\nmov %r1, 302\nloop: add %r0, %r1\nsub %r1, 1\njne %r1, 0, loop\nexit") { Setting = new() { Branches = 300 } },
        new(Budget, "a budget of 300 instructions ends at the 301st", "mov %r0, 0\nloop: add %r0, 1\nja loop\nexit") { Setting = new() { Branches = 5000, Instructions = 300 } },
        .. from text in (IEnumerable<(string Kind, string Code, int Count)>)
           [
               ("arithmetic", "add %r0, 1", 1), ("a load", "ldxb %r0, [%r10-1]", 1), ("a store", "stb [%r10-1], 1", 1), ("a jump that is taken", "ja +0", 1), ("a jump that is not taken", "jeq %r0, 9, +0", 1),
               ("a wide load", "lddw %r0, 0x100000001", 1), ("a local call with its return", "call local f", 2), ("an atomic operation", "lock add [%r10-8], %r0", 1),
           ]
           from isEnough in (bool[])[true, false]
           select new Scenario(Budget, $"{text.Kind} {(isEnough ? "is within" : "takes the last of")} a budget of instructions", $"mov %r0, 0\n{text.Code}\nexit\nf: exit") { Setting = new() { Instructions = (ulong)(text.Count + (isEnough ? 2 : 1)) } },
        .. from isEnough in (bool[])[true, false]
           select new Scenario(Budget, $"a helper call {(isEnough ? "is within" : "takes the last of")} a budget of instructions", "mov %r0, 0\ncall 0x20\nexit") { Setting = new() { Instructions = isEnough ? 3UL : 2, Helpers = [0x20] } },
        new(Budget, "a division by zero is not reached for want of instructions", "mov %r0, 0\ndiv %r0, %r0\nexit") { Setting = new() { Instructions = 1 } },
        new(Budget, "jumps within a function count", $"mov %r0, 0\ncall local f\nexit\nf: {Repeated(200, "ja +0\n")}exit"),
        new(Budget, "jumps after a return count, with what the function has left", $"mov %r0, 0\ncall local f\n{Repeated(100, "ja +0\n")}exit\nf: {Repeated(100, "ja +0\n")}exit"),
        new(Budget, "as many jumps as are left after a return are taken", $"mov %r0, 0\ncall local f\n{Repeated(99, "ja +0\n")}exit\nf: {Repeated(100, "ja +0\n")}exit"),
        new(Budget, "nested calls count", "mov %r0, 0\nmov %r6, 101\nloop: call local f\nsub %r6, 1\njne %r6, 0, loop\nexit\nf: call local g\nexit\ng: add %r0, 1\nexit"),
        new(Budget, "the trap is at a call in a loop", "mov %r0, 0\nmov %r6, 102\nloop: call local f\nsub %r6, 1\njne %r6, 0, loop\nexit\nf: add %r0, 1\nexit"),
    ];

    private static IEnumerable<Scenario> OfRegions =>
    [
        .. from number in Enumerable.Range(0, 8)
           select new Scenario(Regions, $"of eight regions the one listed at place {number} is written and read", $"lddw %r1, 0x{Place(number):x}\nmov %r0, 7\nstxdw [%r1+8], %r0\nldxdw %r0, [%r1+8]\nldxdw %r2, [%r1+0]\nadd %r0, %r2\nexit") { Setting = Eight },
        .. from number in Enumerable.Range(0, 8)
           select new Scenario(Regions, $"of eight regions the access is one past the one listed at place {number}", $"lddw %r1, 0x{Place(number):x}\nmov %r0, 7\nldxb %r0, [%r1+16]\nexit") { Setting = Eight },
        .. from size in (IEnumerable<int>)[127, 128, 129, 255, 256, 257, 511, 512, 1024, 1025, 4095, 4096, 4097, 32768, 65535, 65536, 65537]
           select new Scenario(Regions, $"a region has {size} bytes, and the last one is read", $"lddw %r1, 0x{AddressSpace.Added + (ulong)size - 1:x}\nldxb %r0, [%r1+0]\nadd %r0, 3\nexit") { Setting = Large(size) },
        .. from size in (IEnumerable<int>)[256, 4096, 65536]
           select new Scenario(Regions, $"a region has {size} bytes, and the access is one past the last", $"lddw %r1, 0x{AddressSpace.Added + (ulong)size:x}\nmov %r0, 7\nldxb %r0, [%r1+0]\nexit") { Setting = Large(size) },
        new(Regions, "a region is at address 0", "mov %r1, 0\nldxdw %r0, [%r1+0]\nstb [%r1+1], 9\nldxb %r2, [%r1+1]\nadd %r0, %r2\nexit") { Setting = At(0, 16) },
        new(Regions, "a region with an empty one before it is read", $"lddw %r1, 0x{AddressSpace.Added + 64:x}\nldxdw %r0, [%r1+0]\nexit") { Setting = new() { Regions = [new("empty", AddressSpace.Added, Permission.ReadWrite, []), .. At(AddressSpace.Added + 64, 16).Regions] } },
        new(Regions, "a region that may be written stands after one that is only read", $"lddw %r1, 0x{AddressSpace.Added + 64:x}\nstdw [%r1+0], 5\nldxdw %r0, [%r1+0]\nexit") { Setting = Permitted(Permission.Read, Permission.ReadWrite) },
        new(Regions, "a region that is only read stands after one that may be written", $"lddw %r1, 0x{AddressSpace.Added + 64:x}\nmov %r0, 7\nstdw [%r1+0], 5\nexit") { Setting = Permitted(Permission.ReadWrite, Permission.Read) },
        new(Regions, "a region is read before it would be written, which it does not permit", $"lddw %r1, 0x{AddressSpace.Added:x}\nldxdw %r0, [%r1+0]\nstdw [%r1+0], 5\nexit") { Setting = Permitted(Permission.Read, Permission.ReadWrite) },
        new(Regions, "a region is written before it would be read, which it does not permit", $"lddw %r1, 0x{AddressSpace.Added:x}\nmov %r0, 7\nstdw [%r1+0], 5\nldxdw %r0, [%r1+0]\nexit") { Setting = Permitted(Permission.Write, Permission.ReadWrite) },
        new(Regions, "context, stack and a region are used in turn", $"lddw %r3, 0x{AddressSpace.Added:x}\nldxdw %r0, [%r1+0]\nstxdw [%r10-8], %r0\nldxdw %r4, [%r3+0]\nadd %r0, %r4\nldxdw %r4, [%r10-8]\nadd %r0, %r4\nstxdw [%r3+8], %r0\nldxdw %r4, [%r1+8]\nadd %r0, %r4\nexit") { Setting = At(AddressSpace.Added, 16), Memory = Bytes(16) },
        .. from start in (IEnumerable<ulong>)[0x7fff_fff8, 0xffff_fff8, 0x7fff_ffff_ffff_fff8, 0xffff_ffff_ffff_fff0, 1UL << 63, 1UL << 48, 1UL << 33, 0x10, 0x100, 0xfff8, 0x8000_0000, 1UL << 32]
           select new Scenario(Regions, $"a region is at 0x{start:x}", $"lddw %r1, 0x{start:x}\nstdw [%r1+8], 5\nldxdw %r0, [%r1+0]\nldxdw %r2, [%r1+8]\nadd %r0, %r2\nldxdw %r2, [%r1+4]\nadd %r0, %r2\nexit") { Setting = At(start, 16) },
    ];

    private static IEnumerable<Scenario> OfHelpers =>
    [
        .. from text in (IEnumerable<(string What, string Format, string Set)>)
           [
               ("four numbers of different lengths", "%d%d%d%d\n", "mov %r2, 1\nmov %r3, 20\nmov %r4, 300\nmov %r5, 4000\n"),
               ("numbers whose lengths grow the other way", "%d%d%d%d", "mov %r2, 70000\nmov %r3, 600\nmov %r4, 50\nmov %r5, 4\n"),
               ("a number in hexadecimal", "<%x>", "lddw %r2, 0x123456789\n"), ("a long number in hexadecimal", "<%lx>", "lddw %r2, 0x123456789\n"), ("a negative number", "%d", "mov %r2, -5\n"),
               ("numbers of more than 16 bits each", "%d,%d,%d,%d", "mov %r2, 0x10000\nmov %r3, 0x100000\nmov %r4, 0x1000000\nmov %r5, 0x10000000\n"),
               ("numbers of more than 32 bits each", "%ld,%ld,%ld,%ld", "lddw %r2, 0x100000000\nlddw %r3, 0x10000000000\nlddw %r4, 0x1000000000000\nlddw %r5, 0x100000000000000\n"),
               ("no numbers", "seven!\n", ""), ("a percent sign", "100%%", ""),
           ]
           select new Scenario(Helper, $"printf prints {text.What}", $"mov %r6, 6\nmov %r7, 7\nmov %r8, 8\nmov %r9, 9\nlddw %r0, 0x1234567800000000\n{text.Set}call 1\nadd %r0, %r6\nadd %r0, %r7\nadd %r0, %r8\nadd %r0, %r9\nexit") { Memory = [.. System.Text.Encoding.ASCII.GetBytes(text.Format), 0], Setting = new() { Helpers = [0x01] } },
        new(Helper, "printf is given an address outside all regions", "mov %r1, 0\ncall 1\nexit") { Setting = new() { Helpers = [0x01] } },
        new(Helper, "printf is given an address in the stack", "stw [%r10-8], 0x00006f6b\nmov %r1, %r10\nadd %r1, -8\ncall 1\nexit") { Setting = new() { Helpers = [0x01] } },
        .. from id in (IEnumerable<int>)[0x10, 0x11]
           select new Scenario(Helper, $"keys and values of 32 bits are told apart by helper {id:x}", $"lddw %r1, 0x10007\nlddw %r2, 0x89abcdef\ncall {id}\nmov %r6, %r0\nmov %r1, 7\nmov %r2, 5\ncall {id}\nmov %r1, 0x107\nmov %r2, 6\ncall {id}\nmov %r1, 0x10007\nmov %r2, %r10\nadd %r2, -8\ncall {id + 2}\nadd %r6, %r0\nmov %r1, 7\nmov %r2, %r10\nadd %r2, -4\ncall {id + 2}\nldxdw %r7, [%r10-8]\nadd %r6, %r0\nmov %r1, 0x107\nmov %r2, %r10\nadd %r2, -8\ncall {id + 2}\nldxdw %r3, [%r10-8]\nadd %r0, %r3\nadd %r0, %r6\nadd %r0, %r7\nexit") { Setting = new() { Helpers = [0x10, 0x11, 0x12, 0x13] } },
        .. from id in (IEnumerable<int>)[0x10, 0x11]
           from bit in (IEnumerable<int>)[8, 15, 16, 30, 31]
           select new Scenario(Helper, $"keys of helper {id:x} that differ in bit {bit} alone are two, of which one is stored", $"lddw %r1, 0x{(1UL << bit) + 7:x}\nmov %r2, 0x55\ncall {id}\nmov %r6, %r0\nmov %r1, 7\nmov %r2, %r10\nadd %r2, -8\ncall {id + 2}\nlddw %r1, 0x{(1UL << bit) + 7:x}\nmov %r2, %r10\nadd %r2, -4\ncall {id + 2}\nldxdw %r7, [%r10-8]\nmov %r1, 9\nmov %r2, 0x66\ncall {id}\nlddw %r1, 0x{(1UL << bit) + 9:x}\nmov %r2, %r10\nadd %r2, -8\ncall {id + 2}\nldxw %r0, [%r10-8]\nadd %r0, %r6\nadd %r0, %r7\nexit") { Setting = new() { Helpers = [0x10, 0x11, 0x12, 0x13] } },
        .. from id in (IEnumerable<int>)[0x10, 0x11, 0x12, 0x13, 0x20]
           select new Scenario(Helper, $"r6 to r9 and all of r0 around helper {id:x}", $"mov %r6, 6\nmov %r7, 0x70\nmov %r8, 0x800\nmov %r9, 0x9000\nlddw %r0, 0x1234567800000001\nmov %r1, 3\n{(id is 0x12 or 0x13 ? "mov %r2, %r10\nadd %r2, -4" : "mov %r2, 4")}\ncall {id}\nadd %r0, %r6\nadd %r0, %r7\nadd %r0, %r8\nadd %r0, %r9\nexit") { Setting = new() { Helpers = [0x10, 0x11, 0x12, 0x13, 0x20] } },
        .. from id in (IEnumerable<int>)[0x10, 0x11, 0x12, 0x13, 0x20]
           select new Scenario(Helper, $"r1 to r5 do not take the result of helper {id:x}", $"mov %r0, 0x55\nmov %r1, 3\n{(id is 0x12 or 0x13 ? "mov %r2, %r10\nadd %r2, -4" : "mov %r2, 4")}\nmov %r3, 1\ncall {id}\nadd %r0, 1\nexit") { Setting = new() { Helpers = [0x10, 0x11, 0x12, 0x13, 0x20] } },
        .. from id in (IEnumerable<int>)[0x12, 0x13]
           from place in (IEnumerable<(string What, string Set)>)
           [
               ("that reaches above the stack by a byte", "mov %r2, %r10\nadd %r2, -3"), ("that is 0", "mov %r2, 0"), ("in a region that is only read", $"lddw %r2, 0x{AddressSpace.Added:x}"),
               ("with 2 to the power of 32 added", "mov %r2, %r10\nadd %r2, -8\nlddw %r3, 0x100000000\nadd %r2, %r3"), ("at the end of the stack", "mov %r2, %r10\nadd %r2, -4"),
           ]
           select new Scenario(Helper, $"helper {id:x} is given an address {place.What}", $"mov %r0, 7\nmov %r1, 3\n{place.Set}\ncall {id}\nadd %r0, 2\nexit") { Setting = new() { Helpers = [0x12, 0x13], Regions = [new("read", AddressSpace.Added, Permission.Read, Bytes(16))] } },
        .. from text in (IEnumerable<(string What, string Set)>)
           [
               ("whose length has 2 to the power of 32 added", "mov %r2, %r1\nlddw %r3, 0x100000004"), ("of 256 bytes more than there are", "mov %r2, %r1\nmov %r3, 260"), ("of 65536 bytes more than there are", "mov %r2, %r1\nmov %r3, 65540"),
               ("whose target has 2 to the power of 32 added", "mov %r2, %r1\nlddw %r3, 0x100000000\nadd %r1, %r3\nmov %r3, 4"), ("whose source has 2 to the power of 32 added", "mov %r2, %r1\nlddw %r3, 0x100000000\nadd %r2, %r3\nmov %r3, 4"),
               ("of a length other than those of the other arguments", "mov %r2, %r1\nadd %r2, 8\nmov %r3, 5"), ("whose source is the stack", "stdw [%r10-8], 0x1234\nmov %r2, %r10\nadd %r2, -8\nmov %r3, 8"),
           ]
           select new Scenario(Helper, $"memcpy makes a copy {text.What}", $"mov %r6, %r1\nmov %r7, 7\nmov %r8, 8\nmov %r9, 9\nmov %r0, 7\nmov %r4, 1\n{text.Set}\ncall 2\nsub %r0, %r6\nadd %r0, %r7\nadd %r0, %r8\nadd %r0, %r9\nldxdw %r1, [%r6+0]\nadd %r0, %r1\nldxdw %r1, [%r6+8]\nadd %r0, %r1\nexit") { Memory = Bytes(24), Setting = new() { Helpers = [0x02] } },
        new(Helper, "memcpy copies from a region of 600 bytes all but a few", $"lddw %r2, 0x{AddressSpace.Added:x}\nmov %r3, 300\nmov %r6, %r1\ncall 2\nldxdw %r0, [%r6+292]\nldxdw %r1, [%r6+300]\nadd %r0, %r1\nexit") { Memory = Bytes(320), Setting = new() { Helpers = [0x02], Regions = Large(300).Regions } },
        new(Helper, "memcpy's result is an address above 2^32", $"lddw %r1, 0x180000000\nlddw %r2, 0x180000008\nmov %r3, 4\ncall 2\nexit") { Setting = new() { Helpers = [0x02], Regions = At(0x1_8000_0000, 16).Regions } },
        new(Helper, "seventeen values are stored under the keys from 0 on, and the first is fetched", "mov %r6, 0\nnext: mov %r1, %r6\nmov %r2, %r6\nadd %r2, 5\ncall 0x11\nmov %r7, %r0\nadd %r6, 1\njne %r6, 17, next\nmov %r1, 0\nmov %r2, %r10\nadd %r2, -8\ncall 0x13\nldxw %r0, [%r10-8]\nadd %r0, %r7\nexit") { Setting = new() { Helpers = [0x11, 0x13] } },
        new(Helper, "a value is stored again when the store is full", "mov %r6, 0\nnext: mov %r1, %r6\nmov %r2, %r6\ncall 0x10\nadd %r6, 1\njne %r6, 16, next\nmov %r1, 3\nmov %r2, 0x55\ncall 0x10\nmov %r7, %r0\nmov %r1, 3\nmov %r2, %r10\nadd %r2, -8\ncall 0x12\nldxw %r0, [%r10-8]\nadd %r0, %r7\nexit") { Setting = new() { Helpers = [0x10, 0x12] } },
    ];

    // Listed in no order of their addresses.
    private static Setting Eight => new() { Regions = [.. Enumerable.Range(0, 8).Select(number => new MemoryRegion($"r{number}", Place(number), Permission.ReadWrite, Sequence.Generate(16, index => (byte)((number * 16) + index + 1))))] };

    private static ulong Place(int number) => AddressSpace.Added + ((ulong)((number * 3 + 2) % 8) * 64);

    private static Setting Large(int size) => new() { Regions = [new("large", AddressSpace.Added, Permission.ReadWrite, Sequence.Generate(size, index => (byte)(index < 8 ? index + 1 : 0)))] };

    private static Setting At(ulong start, int size) => new() { Regions = [new("island", start, Permission.ReadWrite, Sequence.Generate(size, index => (byte)(index * 7 + 3)))] };

    private static Setting Permitted(Permission first, Permission second) => new() { Regions = [new("first", AddressSpace.Added, first, Bytes(16)), new("second", AddressSpace.Added + 64, second, Bytes(16))] };

    private static Sequence<byte> Bytes(int count) => Sequence.Generate(count, index => (byte)(index * 37 + 11));

    private static string Repeated(int times, string text) => string.Concat(Enumerable.Repeat(text, times));
}
