using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Tests.Instructions;

public sealed class RegisterTests
{
    [Fact]
    public void The_frame_pointer_is_the_last_register()
    {
        Register.FramePointer.ShouldBe(new Register(10));
        Register.FramePointer.ToString().ShouldBe("r10");
        default(Register).ToString().ShouldBe("r0");
    }
}
