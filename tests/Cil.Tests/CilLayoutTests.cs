using System.Runtime.InteropServices;

namespace RbpfSpec.Cil.Tests;

public sealed unsafe class CilLayoutTests
{
    private static readonly CilAssembly Assembly = CilAssembly.Of(typeof(CilLayoutTests));

    public static TheoryData<Type, int> Structs => new()
    {
        { typeof(Record), sizeof(Record) },
        { typeof(Gaps), sizeof(Gaps) },
        { typeof(Outer), sizeof(Outer) },
        { typeof(Pointers), sizeof(Pointers) },
        { typeof(Narrow), sizeof(Narrow) },
        { typeof(Sized), sizeof(Sized) },
    };

    [Theory]
    [MemberData(nameof(Structs))]
    public void Sizes_and_places_are_those_of_the_runtime(Type type, int size)
    {
        var definition = Assembly.Type(type.FullName!.Replace('+', '/'));

        CilLayout.SizeOf(definition).ShouldBe(size);
        foreach (var field in definition.Fields.Where(field => !field.IsStatic))
            CilLayout.OffsetOf(field).ShouldBe((int)Marshal.OffsetOf(type, field.Name), field.Name);
    }

    [Fact]
    public void A_function_pointer_is_as_long_as_a_pointer()
    {
        var definition = Assembly.Type(typeof(Functions).FullName!.Replace('+', '/'));

        CilLayout.SizeOf(definition).ShouldBe(sizeof(Functions));
        definition.Fields.Select(field => CilLayout.KindOf(field.FieldType)).ShouldBe(
            [CilKind.Number, CilKind.Function, CilKind.Number, CilKind.Pointer]);
    }

    [Fact]
    public void A_struct_whose_fields_lie_as_the_runtime_likes_is_not_guessed_at() =>
        Should.Throw<NotSupportedException>(() => CilLayout.SizeOf(Assembly.Type(typeof(Auto).FullName!.Replace('+', '/'))))
            .Message.ShouldContain("do not lie in sequence");

#pragma warning disable CS0169, CS0649, CA1823, S1144, IDE0051, IDE0044 // Only where their fields lie matters.
    private enum Small : byte
    {
        One,
    }

    private struct Gaps
    {
        private byte first;
        private ulong second;
        private byte third;
        private static int shared;
    }

    private struct Narrow
    {
        private byte first;
        private ushort second;
        private byte third;
    }

    private struct Outer
    {
        private byte first;
        private Narrow second;
        private Small third;
        private Gaps fourth;
    }

    private struct Pointers
    {
        private uint first;
        private byte* second;
        private ushort third;
        private nint fourth;
        private Gaps* fifth;
    }

    private struct Functions
    {
        private byte first;
        private delegate*<ulong, ulong> second;
        private short third;
        private void* fourth;
    }

    [StructLayout(LayoutKind.Sequential, Size = 24)]
    private struct Sized
    {
        private ulong first;
        private byte second;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Auto
    {
        private byte first;
        private ulong second;
    }
#pragma warning restore CS0169, CS0649, CA1823, S1144, IDE0051, IDE0044
}
