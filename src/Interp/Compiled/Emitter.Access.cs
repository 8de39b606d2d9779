using System.Reflection.Emit;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>How the method reaches memory.</summary>
internal sealed unsafe partial class Emitter
{
    private void Access(DecodedInstruction instruction, PredecodedStep step, StepName name, Kind.Access access)
    {
        var row = CompiledPlan.RowOf(step);
        var bytes = Emission.SizeOf(name);
        switch (IsInFrame(step, row, bytes))
        {
            case true:
                Finish(step, name, bytes, () =>
                {
                    writer.Get(stackHost!);
                    Plus(plan.FrameBytes + (ulong)step.Offset);
                });
                return;
            case false:
                writer.Jump(OpCodes.Br, LeaveAt(instruction));
                return;
        }

        if (ProvedRegion(instruction.Slot) is { } proved)
        {
            Unchecked(step, row, proved);
            return;
        }

        var regions = expectations.BySlot[instruction.Slot];
        var distance = writer.Local(typeof(ulong));
        if (regions.Count == 1)
        {
            Distance(step, row, regions[0]);
            writer.Set(distance);
            writer.Get(distance);
            Reach(regions[0], access.Permission, bytes);
            writer.Jump(OpCodes.Bge_Un, LeaveAt(instruction));
            Finish(step, name, bytes, () => At(regions[0], distance));
            return;
        }

        var (second, ready) = (writer.Label(), writer.Label());
        var pointer = writer.Local(typeof(byte*));
        for (var i = 0; i < 2; i++)
        {
            Distance(step, row, regions[i]);
            writer.Set(distance);
            writer.Get(distance);
            Reach(regions[i], access.Permission, bytes);
            writer.Jump(OpCodes.Bge_Un, i == 0 ? second : LeaveAt(instruction));
            At(regions[i], distance);
            writer.Set(pointer);
            if (i == 0)
            {
                writer.Jump(OpCodes.Br, ready);
                writer.Mark(second);
            }
        }

        writer.Mark(ready);
        Finish(step, name, bytes, () => writer.Get(pointer));
    }

    private void Unchecked(PredecodedStep step, Row row, ExpectedRegion region)
    {
        var name = CompiledPlan.NameOf(step);
        Finish(step, name, Emission.SizeOf(name), () =>
        {
            writer.Get(HostOf(region));
            Distance(step, row, region);
            writer.Do(OpCodes.Add);
        });
    }

    private void At(ExpectedRegion region, LocalBuilder distance)
    {
        writer.Get(HostOf(region));
        writer.Get(distance);
        writer.Do(OpCodes.Add);
    }

    private LocalBuilder HostOf(ExpectedRegion region) => region.Index < 0 ? stackHost! : hosts[region.Index];

    // From the region's first byte to the address.
    private void Distance(PredecodedStep step, Row row, ExpectedRegion region)
    {
        Register(BaseOf(step, row));
        if (region.Index < 0 && stackStart is not null)
        {
            Plus((ulong)step.Offset);
            writer.Get(stackStart);
            writer.Do(OpCodes.Sub);
        }
        else
        {
            Plus((ulong)step.Offset - (region.Index < 0 ? expectations.StackStart : region.Start));
        }
    }

    private void Reach(ExpectedRegion region, Permission permission, int bytes)
    {
        if (region.Index < 0) writer.Number(Grants.Reach(plan.FrameBytes, (ulong)bytes));
        else writer.Get(reaches[(region.Index, Needed(region.Index, permission), bytes)]);
    }

    private void Finish(PredecodedStep step, StepName name, int bytes, Action pointer)
    {
        pointer();
        if (name.Method is nameof(Steps.Load))
        {
            Emission.Read(writer, bytes, name.Arguments[1]);
            writer.Set(registers[step.Destination / 8]!);
            return;
        }

        if (name.Method is nameof(Steps.StoreK)) writer.Number(step.Immediate);
        else Register(step.Source);
        if (bytes < 8) writer.Do(OpCodes.Conv_I4);
        Emission.Write(writer, bytes);
    }

    private void Sum(LinearSum sum)
    {
        var isFirst = true;
        foreach (var number in sum.Registers)
        {
            Register((byte)(8 * number));
            if (sum.Times[number] != 1)
            {
                writer.Number(sum.Times[number]);
                writer.Do(OpCodes.Mul);
            }

            if (!isFirst) writer.Do(OpCodes.Add);
            isFirst = false;
        }

        if (isFirst) writer.Number(sum.Number);
        else Plus(sum.Number);
    }

    private void Limit(CompiledLimit limit)
    {
        switch (limit)
        {
            case CompiledLimit.Of(var number):
                writer.Number(number);
                break;
            case CompiledLimit.Register(var number):
                Register((byte)(8 * number));
                break;
            case CompiledLimit.Reach(var region, var permission, var bytes):
                writer.Get(reaches[(region, permission, bytes)]);
                break;
        }
    }
}
