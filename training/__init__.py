"""The transfer-learning toolkit: pretrained ResNet in, checked ONNX model out.

Imports `gesture_app.core`, `gesture_app.store` and `gesture_app.vision` only, so that training
and evaluation see hands exactly as the app does. The only package that imports torch.
"""
