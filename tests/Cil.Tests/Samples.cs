using System.Runtime.InteropServices;

namespace RbpfSpec.Cil.Tests;

/// <summary>Methods of two numbers, compiled with these tests: one a family of instructions.</summary>
internal static class Samples
{
    public static ulong Arithmetic(ulong a, ulong b) => unchecked(((a + b) * 3) - (a ^ b)) | (a & 0x5555_5555_5555_5555);

    public static ulong Arithmetic32(ulong a, ulong b) => unchecked((((uint)a + (uint)b) * 3) - ((uint)a ^ (uint)b));

    public static ulong MixedWidths(ulong a, ulong b) => unchecked((ulong)((int)a * (long)(int)b) + (byte)b);

    public static ulong Shifts(ulong a, ulong b) => (a << (int)b) ^ (a >> (int)b) ^ (ulong)((long)a >> (int)b);

    public static ulong Shifts32(ulong a, ulong b) => ((uint)a << (int)b) ^ ((uint)a >> (int)b) ^ (ulong)((int)a >> (int)b);

    public static ulong Quotients(ulong a, ulong b) => b == 0 ? a : (a / b) ^ (a % b);

    public static ulong SignedQuotients(ulong a, ulong b) => (long)b is 0 or -1 ? a : (ulong)(((long)a / (long)b) ^ ((long)a % (long)b));

    public static ulong Comparisons(ulong a, ulong b)
    {
        var bits = 0UL;
        if (a < b) bits |= 1;
        if (a <= b) bits |= 2;
        if ((long)a < (long)b) bits |= 4;
        if ((long)a <= (long)b) bits |= 8;
        if (a == b) bits |= 16;
        if ((int)a >= (int)b) bits |= 32;
        if ((uint)a > (uint)b) bits |= 64;
        if ((a & 1) != 0) bits |= 128;
        return bits;
    }

    public static ulong ComparisonsAsNumbers(ulong a, ulong b) =>
        Number(a < b) | (Number((long)a < (long)b) << 1) | (Number(a > b) << 2) | (Number((long)a > (long)b) << 3) | (Number(a == b) << 4);

    public static ulong SignedConversions(ulong a, ulong b) => unchecked((ulong)(sbyte)a + (ulong)(short)b + (ulong)(int)(a ^ b));

    public static ulong UnsignedConversions(ulong a, ulong b) =>
        unchecked((byte)a + (ulong)(ushort)b + (uint)(a ^ b) + (ulong)(sbyte)(byte)b);

    public static ulong Loop(ulong a, ulong b)
    {
        for (var i = 0; i < 5; i++) a = unchecked((a * 31) + b);
        return a;
    }

    public static ulong LoopWithBranches(ulong a, ulong b)
    {
        for (var i = 0; i < 4; i++)
        {
            if (a < b) a = unchecked(a + b);
            else b ^= a;
        }

        return unchecked(a - b);
    }

    public static ulong Merges(ulong a, ulong b)
    {
        var most = a > b ? a : b;
        var least = (long)a < (long)b ? a : b;
        return unchecked((most * 2) - least);
    }

    public static ulong Returns(ulong a, ulong b)
    {
        if (a == 0) return b;
        if (a < b) return a;
        return unchecked(a - b);
    }

    public static ulong Calls(ulong a, ulong b) =>
        unchecked(Merges(a, Returns(b, a)) + Chosen(0, a, b) + Chosen(2, a, b) + Chosen(7, b, a));

    public static ulong Generics(ulong a, ulong b) => Twice<Plus>(a, b) ^ Twice<Both>(b, a);

    public static ulong SetsArguments(ulong a, ulong b)
    {
        if (a > b) (a, b) = (b, a);
        b = unchecked(b - a);
        return a ^ b;
    }

    private static ulong Number(bool truth) => truth ? 1UL : 0UL;

    private static ulong Chosen(int which, ulong a, ulong b)
    {
        switch (which)
        {
            case 0:
                return unchecked(a + b);
            case 1:
                return a;
            case 2:
                return a ^ b;
            case 3:
                return b;
            default:
                return a | b;
        }
    }

    private static ulong Twice<TPair>(ulong a, ulong b)
        where TPair : struct, IPair => TPair.Of(TPair.Of(a, b), b);
}

/// <summary>A function of two numbers that a type argument chooses.</summary>
internal interface IPair
{
    static abstract ulong Of(ulong a, ulong b);
}

/// <summary>Their sum.</summary>
internal readonly struct Plus : IPair
{
    public static ulong Of(ulong a, ulong b) => unchecked(a + b);
}

/// <summary>The code that both have in common.</summary>
internal readonly struct Both : IPair
{
    static ulong IPair.Of(ulong a, ulong b) => a & b;
}

/// <summary>Methods that read and write through pointers.</summary>
internal static unsafe class PointerSamples
{
    public static ulong Fields(Record* record, ulong a)
    {
        record->Small = unchecked((sbyte)a);
        record->Middle ^= (uint)(a >> 8);
        record->Large += record->Middle;
        return unchecked((ulong)record->Small + record->Short + record->Large);
    }

    public static ulong Neighbours(Record* record, ulong a)
    {
        var next = record + 1;
        next->Large = a;
        record->Large ^= (next - 0)->Large;
        record++;
        return record->Large + record->Short;
    }

    public static ulong Numbers(ulong* numbers, ulong a)
    {
        numbers[1] = a;
        *(ushort*)(numbers + 2) = (ushort)a;
        return numbers[0] + *(byte*)(numbers + 3) + numbers[1];
    }
}

/// <summary>Numbers of several sizes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Record
{
    public sbyte Small;
    public ushort Short;
    public uint Middle;
    public ulong Large;
}

/// <summary>Methods with something that the reader must not take for known.</summary>
internal static unsafe class RejectedSamples
{
    public static int Virtual(object item) => item.GetHashCode();

    public static object Made() => new();

    public static void Elsewhere() => GC.Collect();

    public static ulong Complement(ulong a) => ~a;

    public static ulong Pointed(ulong* a) => *a;

    public static ulong OpenChoice(int which) => which switch
    {
        0 => 5,
        1 => 9,
        2 => 2,
        3 => 7,
        _ => 0,
    };

    public static ulong OpenLoop(ulong a)
    {
        var sum = 0UL;
        for (var i = 0UL; i < a; i++) sum ^= i * a;
        return sum;
    }
}
