using System.Buffers.Binary;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Tests.Execution;

/// <summary>Handlers are called where their code begins, and only what is known is read of the runtime's code.</summary>
public sealed class HandlerEntryTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public void Machine_code_is_read_unless_the_setting_is_0(string? value, bool isRead) =>
        HandlerEntry.IsReadIf(value).ShouldBe(isRead);

    [Fact]
    public void This_process_does_as_its_environment_says() =>
        HandlerEntry.IsRead.ShouldBe(Environment.GetEnvironmentVariable("RBPFSPEC_READ_MACHINE_CODE") != "0");

    [Fact]
    public void Without_reading_a_method_is_called_where_the_runtime_says()
    {
        foreach (var code in Enum.GetValues<Code>())
        {
            var method = HandlerTable.MethodOf(code);
            HandlerEntry.Of(method, isRead: false).ShouldBe(method.MethodHandle.GetFunctionPointer());
        }
    }

    // The jump, its distance to the target's place, and eight bytes that name the target.
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(-14)]
    public unsafe void A_jump_through_memory_leads_to_its_target(int distance)
    {
        var bytes = stackalloc byte[40];
        var code = bytes + 14;
        code[0] = 0xff;
        code[1] = 0x25;
        BinaryPrimitives.WriteInt32LittleEndian(new(code + 2, 4), distance);
        BinaryPrimitives.WriteInt64LittleEndian(new(code + 6 + distance, 8), 0x1234_5678);

        HandlerEntry.Behind((nint)code).ShouldBe((nint)0x1234_5678);
    }

    [Fact]
    public unsafe void A_jump_right_behind_itself_is_one_of_a_method_that_is_not_compiled()
    {
        var code = stackalloc byte[14];
        code[0] = 0xff;
        code[1] = 0x25;
        BinaryPrimitives.WriteInt32LittleEndian(new(code + 2, 4), 0);
        BinaryPrimitives.WriteInt64LittleEndian(new(code + 6, 8), (long)(code + 6));

        HandlerEntry.Behind((nint)code).ShouldBe((nint)code);
    }

    [Theory]
    [InlineData(0x55, 0x25)]
    [InlineData(0xff, 0x24)]
    [InlineData(0xe9, 0x25)]
    public unsafe void Anything_else_is_left_alone(byte first, byte second)
    {
        var code = stackalloc byte[14];
        new Span<byte>(code, 14).Fill(0x11);
        (code[0], code[1]) = (first, second);

        HandlerEntry.Behind((nint)code).ShouldBe((nint)code);
    }

    // A program of two instructions, its handlers called both ways.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void A_handler_called_there_does_its_step(bool isRead)
    {
        if (!ThreadedEngine.IsAvailable) return;
        var steps = stackalloc PredecodedStep[2];
        RunState state = default;
        steps[0] = new() { Code = Code.Add64K, Immediate = 7, Handler = Handler(Code.Add64K) };
        steps[1] = new() { Code = Code.Exit, Handler = Handler(Code.Exit) };

        steps[0].Handler(steps, &state, 0, null, 0).ShouldBe(Stop.Exit);

        state.Registers[0].ShouldBe(7UL);
        (state.Stopped == steps + 1).ShouldBeTrue();

        delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong> Handler(Code code) =>
            (delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong>)HandlerEntry.Of(HandlerTable.MethodOf(code), isRead);
    }
}
