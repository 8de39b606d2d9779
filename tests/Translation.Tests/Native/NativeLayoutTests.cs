using System.Globalization;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Tests.Native;

[Trait("Needs", "compiler")]
public sealed class NativeLayoutTests : Scratch
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_offsets_are_those_of_the_header_in_C(int isFast)
    {
        string[] claims =
        [
            Offset("registers", NativeLayout.Registers), Offset("registers[10]", NativeLayout.OfRegister(10)),
            Offset("pc", NativeLayout.ProgramCounter), Offset("stack.start", NativeLayout.StackStart),
            Offset("stack.bytes", NativeLayout.StackBytes), Offset("frames", NativeLayout.Frames),
            Offset("depth", NativeLayout.Depth), Offset("frame_limit", NativeLayout.FrameLimit),
            string.Create(
                CultureInfo.InvariantCulture, $"_Static_assert(sizeof(struct rbpf_frame) == {NativeLayout.FrameSize}, \"frame\");"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"_Static_assert(offsetof(struct rbpf_frame, return_to) == {NativeLayout.ReturnTo}, \"return_to\");"),
            Offset("branches", NativeLayout.Branches),
            Offset("divide", NativeLayout.Divide), Offset("readable", NativeLayout.Readable), Offset("writable", NativeLayout.Writable),
            Offset("readable.limit1", NativeLayout.Readable + NativeLayout.Limit1),
            Offset("readable.start", NativeLayout.Readable + NativeLayout.Start),
            Offset("readable.limit2", NativeLayout.Readable + NativeLayout.Limit2),
            Offset("readable.limit4", NativeLayout.Readable + NativeLayout.Limit4),
            Offset("readable.start_again", NativeLayout.Readable + NativeLayout.StartAgain),
            Offset("readable.limit8", NativeLayout.Readable + NativeLayout.Limit8),
            Offset("readable.bytes", NativeLayout.Readable + NativeLayout.Bytes),
            string.Create(CultureInfo.InvariantCulture, $"_Static_assert(sizeof(struct rbpf_machine) == {NativeLayout.Size}, \"size\");"),
        ];
        var source = Write("layout.c", "#include \"rbpf.h\"\n" + string.Join('\n', claims) + "\n");

        CrossTools.Run(
            "gcc", "-std=c11", "-mcpu=cortex-m4", "-mthumb", "-ffreestanding", $"-DRBPF_FAST={isFast}", "-DRBPF_NATIVE=1",
            "-I", Path.Combine(Repository.Root, "device"), "-c", source, "-o", At("layout.o"));
    }

    private static string Offset(string member, int offset) => string.Create(
        CultureInfo.InvariantCulture,
        $"_Static_assert(offsetof(struct rbpf_machine, {member}) == {offset}, \"{member}\");");
}
