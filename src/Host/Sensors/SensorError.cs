namespace RbpfSpec.Host.Sensors;

/// <summary>The negative results of the helpers of the sensor registry, as RIOT's <c>errno.h</c> numbers them.</summary>
public static class SensorError
{
    /// <summary>-ENODEV: the handle is none of this container.</summary>
    public const int NoDevice = -19;

    /// <summary>-ENOTSUP: a sensor cannot be written.</summary>
    public const int NotSupported = -95;

    /// <summary>-ECANCELED: the sensor yields nothing at present.</summary>
    public const int Canceled = -140;
}
