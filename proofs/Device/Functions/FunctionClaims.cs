namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>The claims about functions.</summary>
internal static class FunctionClaims
{
    /// <summary>Those of a build.</summary>
    public static IEnumerable<FunctionClaim> Of(DeviceBuild build) =>
    [
        new(
            build,
            "run",
            "From its call to its first dispatch, rbpf_run keeps what it must bring back, and comes to the head of its loop with what each "
            + "step begins with.",
            build.Code["rbpf_run"].Address,
            new HashSet<uint> { build.Head },
            [new(code => build.AtEntry(code), [DeviceBuild.Pc.Below(1U << 28)], build.Begins)],
            (_, register) => build.AtHead.Registers[register] is not Content.Free),
        .. OfBytes(build),
        .. new HelperCall(build).Claims,
        .. new CheckFunction(build).Claims,
    ];

    private static IEnumerable<FunctionClaim> OfBytes(DeviceBuild build)
    {
        var bytes = new BytesFunction(build);
        HashSet<uint> stops = [bytes.Head];
        yield return new(
            build,
            "bytes/begin",
            "From its call, rbpf_bytes comes to its loop with the first region of the table, and changes nothing.",
            bytes.Begin,
            stops,
            [new(bytes.AtEntry, [], bytes.Begins)],
            bytes.IsKept);
        yield return new(
            build,
            "bytes/turn",
            "A turn of the loop of rbpf_bytes returns a region's bytes if the region grants the access, else goes on to the next; after "
            + "the last, it returns those of the frame that has the access, or zero.",
            bytes.Head,
            stops,
            [new(bytes.AtHead, BytesFunction.Hypotheses, bytes.Turns)],
            bytes.IsKept);
    }
}
